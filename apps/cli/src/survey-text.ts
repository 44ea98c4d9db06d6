/** What a survey found, as text: the schema that was inferred, and the law that partners follow. */
import type { ColumnSchema } from '@mixup/core/table';
import type { AugmentRequest } from './augment-options.ts';
import { counted } from './figures.ts';
import type { Survey } from './survey.ts';

export function describeSurvey(found: Survey, request: AugmentRequest, name: string): string {
  const { header, rows, schema, classes, partners } = found;
  const width = Math.min(30, Math.max(...header.map((column) => column.length)));
  const lines = header.map((column) => {
    const text = column === request.target ? describeTarget(found, request) : describeColumn(schema[column]);
    return `  ${column.padEnd(width)}  ${text}`;
  });
  const law =
    partners.length < rows
      ? `a fair sample of ${partners.length} of the ${rows} rows (--reservoir)`
      : `all ${rows} rows`;
  return [
    `${name}: ${counted(rows, 'row')}, ${counted(header.length, 'column')}`,
    ...lines,
    `each row is mixed with partners drawn from ${law}, lambda from Beta(${request.alpha}, ${request.alpha})`,
    ...(classes || request.task !== 'auto'
      ? []
      : ['the target is taken for a number; --task classification says else']),
  ].join('\n');
}

function describeColumn(schema: ColumnSchema | undefined): string {
  const gaps = schema?.marks ? `, missing: ${schema.marks.join(' ')}` : '';
  switch (schema?.kind) {
    case 'integer':
      return `whole numbers: blended and rounded${gaps}`;
    case 'categorical': {
      const levels = schema.levels ? counted(schema.levels.length, 'level') : 'many levels';
      return `categories (${levels}): taken from one of the two rows${gaps}`;
    }
    default:
      return `numbers: blended${gaps}`;
  }
}

function describeTarget({ classes }: Survey, { target, labels }: AugmentRequest): string {
  if (!classes) return 'target, numbers: blended and never rounded';
  const { names } = classes;
  const what = names.length === 1 ? '1 class' : `${names.length} classes`;
  const first = `${target}=${names[0]}`;
  return labels === 'soft'
    ? `target, ${what}: one column of weights each, from ${first} on`
    : `target, ${what}: taken from one of the two rows, as categories are`;
}
