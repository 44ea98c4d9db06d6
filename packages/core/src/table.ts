export type {
  BoundedColumn,
  CategoricalColumn,
  ColumnSchema,
  Columns,
  ColumnValues,
  IntegerColumn,
  NumericColumn,
  OrdinalColumn,
  TableSchema,
} from './column.ts';
export { type MixedColumns, mixTable, sampleTablePlan, type TablePlan } from './mix-table.ts';
export {
  createSchemaInference,
  inferSchema,
  type SchemaInference,
  type SchemaInferenceOptions,
} from './schema-inference.ts';
