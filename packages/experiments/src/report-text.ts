/** What the report explains, whatever came out. */

export const explanations = `<section aria-labelledby="how-to-read">
<h2 id="how-to-read">How to read this</h2>
<dl>
<dt>Paired trials</dt>
<dd>In each trial all arms have the same split, the same initial weights and the same order of the training rows; they differ in nothing
but what they are about. How easy a split happens to be is so the same for all of them, and drops out of the difference within a trial.</dd>
<dt>The arms</dt>
<dd><b>baseline</b> trains on the rows as they are. <b>append</b> is the article: one mixed batch, drawn once, stacked under the training rows.
<b>duplicate</b> is its control: as many plain rows stacked, so as many gradient steps and no mixing. <b>batch</b> is the paper: every batch mixed
with a permutation of itself, in as many steps as the baseline.</dd>
<dt>Why the control matters</dt>
<dd>Stacked rows mean more steps, and more steps help by themselves. Only the difference between arms with the same number of steps is due to mixing:
<b>append − duplicate</b> and <b>batch − baseline</b>.</dd>
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
