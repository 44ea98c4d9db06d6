/**
 * SVG as text: the same for the same picture, whichever DOM it was drawn with.
 *
 * But for half a pixel: on screens of one device pixel per pixel, Plot itself moves lines onto their grid.
 */

/** What draws: `document` in a browser, `createDocument()` of `@mixup/experiments/node` in Node. */
export interface PlotDocument {
  createElementNS(namespace: string, name: string): object;
}

/** As much of a DOM node as is read here. */
interface SvgNode {
  readonly nodeType: number;
  /** Of elements; `nodeName` is in capitals in some DOMs. */
  readonly localName?: string | null;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<SvgNode>;
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const elementNode = 1;
const textNode = 3;

/** Styles would reach out of a picture. */
const skipped = new Set(['style']);

export interface SvgOptions {
  /** Elements below those of the root. */
  readonly before?: string;
  /** Elements above those of the root. */
  readonly after?: string;
  /** Attributes of the root, instead of its own. */
  readonly attributes: Readonly<Record<string, string | number>>;
}

/**
 * Write an SVG element as XML that stands by itself.
 *
 * `outerHTML` will not do: it orders attributes as the DOM does, and in a page it writes HTML.
 *
 * @param root an SVG element without ids, which would clash with those of other pictures on a page
 */
export function writeSvg(root: object, { before = '', after = '', attributes }: SvgOptions): string {
  const named = { xmlns: 'http://www.w3.org/2000/svg', ...attributes };
  const children = writeChildren(root as SvgNode);
  return `<svg${writeAttributes(Object.entries(named))}>${before}${children}${after}</svg>\n`;
}

/** Write an element; `inner` is written already. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, inner = ''): string {
  return `<${name}${writeAttributes(Object.entries(attributes))}>${inner}</${name}>`;
}

function writeNode(node: SvgNode): string {
  if (node.nodeType === textNode) return escapeXml(node.nodeValue ?? '');
  const name = node.localName;
  if (node.nodeType !== elementNode || !name || skipped.has(name)) return '';
  const attributes = Array.from(node.attributes, ({ name, value }): [string, string] => [name, roundNumbers(value)])
    // The root says what all of it shows; groups without a role may not have a label.
    .filter(([name]) => !name.startsWith('aria-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const inner = writeChildren(node);
  const open = `<${name}${writeAttributes(attributes)}`;
  return inner === '' ? `${open}/>` : `${open}>${inner}</${name}>`;
}

function writeChildren({ childNodes }: SvgNode): string {
  return Array.from(childNodes, writeNode).join('');
}

function writeAttributes(entries: readonly (readonly [string, string | number])[]): string {
  return entries.map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`).join('');
}

/** A thousandth of a pixel is nothing to see. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d+\.\d{4,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 1000) / 1000 + 0));
}

/** Escape text for XML and HTML, between tags and in double quotes; characters that XML has no place for are dropped. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  );
}
