/** What the report explains, whatever came out. */
import { type ArmName, armNames, type defaultArmNames } from './arm.ts';

/** What the arms do that a run has only when it is asked for them. */
const onDemand: Readonly<Record<Exclude<ArmName, (typeof defaultArmNames)[number]>, string>> = {
  cutmix: `fills a box of each image from its partner’s, one box a batch; each label weighs its share of the pixels (Yun et al., 2019, with an alpha
of 1).`,
  manifold: `has the partners and weights of batch and mixes them after a hidden layer, drawn for each step, in place of the input; both rows of a
pair pass the layers below it (Verma et al., 2019, with an alpha of 2, and with the input among the layers).`,
  regmixup: `passes every batch as it is and mixed as in batch, in one loss: as many steps as the baseline, each of twice as many rows. Its control
is the baseline all the same, as a batch of plain rows that are there twice has the gradient that it has once; what it costs in time is twice as much (Pinto et al.,
2022, with an alpha of 10 to 20).`,
  remix: `is batch, with labels that go to the rarer class where one is at least three times as frequent among the training rows as the other; where no class is,
it is batch to the last bit (Chou et al., 2020).`,
};

/** @param arms that the experiments have */
export function explain(arms: ReadonlySet<ArmName>): string {
  return `<section aria-labelledby="how-to-read">
<h2 id="how-to-read">How to read this</h2>
<dl>
<dt>Paired trials</dt>
<dd>In each trial all arms have the same split, the same initial weights and the same order of the training rows; they differ in nothing
but what they are about. How easy a split happens to be is so the same for all of them, and drops out of the difference within a trial.</dd>
<dt>The arms</dt>
<dd><b>baseline</b> trains on the rows as they are. <b>append</b> is the article: one mixed batch, drawn once, stacked under the training rows.
<b>duplicate</b> is its control: as many plain rows stacked, so as many gradient steps and no mixing. <b>batch</b> is the paper: every batch mixed
with a permutation of itself, in as many steps as the baseline.${describeOnDemand(arms)}</dd>
<dt>Why the control matters</dt>
<dd>Stacked rows mean more steps, and more steps help by themselves. Only the difference between arms with the same number of steps is due to mixing:
<b>append − duplicate</b> and <b>batch − baseline</b>${listOnDemand(arms)}.</dd>
<dt>Two intervals</dt>
<dd>The <b>95 % interval for this data</b> (Student’s t) is about repetitions of this experiment on these very rows: where the mean would be after many
more trials. The one <b>for new data</b> (Nadeau and Bengio’s corrected t, 2003) is about other rows from the same source: trials share most
of their rows, so more of them can’t make it as narrow as one likes. A gain that the first one shows and the second does not is real here, and open elsewhere.</dd>
<dt>p</dt>
<dd>The two-sided sign-flip permutation test asks how often differences as large come up when the sign of each is a coin’s.</dd>
<dt>Area under curve</dt>
<dd>The mean accuracy over the epochs: of two arms that end alike, the one that learns faster has more.</dd>
</dl>
<h3>The protocols</h3>
<dl>
<dt>article</dt>
<dd>As the article did: features are scaled on all rows before the split, and the split is not stratified. The held-out rows have their say in the scale, so a
little of them leaks into training; it is the same little for all arms.</dd>
<dt>rigorous</dt>
<dd>Split first, stratified by class; features are scaled on the training rows alone.</dd>
</dl>
</section>`;
}

type OnDemand = keyof typeof onDemand;

function shownOnDemand(arms: ReadonlySet<ArmName>): OnDemand[] {
  return armNames.filter((name): name is OnDemand => name in onDemand && arms.has(name));
}

function describeOnDemand(arms: ReadonlySet<ArmName>): string {
  return shownOnDemand(arms)
    .map((name) => `\n<b>${name}</b> ${onDemand[name]}`)
    .join('');
}

function listOnDemand(arms: ReadonlySet<ArmName>): string {
  return shownOnDemand(arms)
    .map((name) => `, <b>${name} − baseline</b>`)
    .join('');
}
