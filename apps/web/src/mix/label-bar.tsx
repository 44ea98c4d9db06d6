/** The label of a blend: how much of each class it is. */
interface LabelBarProps {
  /** [classes], of sum 1 */
  readonly label: ArrayLike<number>;
  readonly classNames: readonly string[];
}

export function LabelBar({ label, classNames }: LabelBarProps) {
  const parts = Array.from(label, (share, at) => ({ share, name: classNames[at] })).filter(({ share }) => share > 0);
  return (
    <table class="label-bar">
      <caption>The label, mixed by the same weight</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Share</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {parts.map(({ share, name }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td data-share={share}>{share.toFixed(2)}</td>
            <td class="label-bar-track">
              <div style={{ width: `${100 * share}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
