import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..');
/** Each model of limits, and whose numbers they are. */
const MODELS: ReadonlyArray<readonly [folder: string, title: string]> = [['groundtruth', 'Ground Truth'], ['s3batch', 'S3 Batch Operations']];
const BEYOND_NUMBERS = [
  'S3 Batch Operations reads no CSV manifest that is encrypted by KMS. The library writes those of batch jobs and preparations with SSE-S3, whatever its',
  'bucket\'s own encryption is: a policy of that bucket (the `stateBucket` of a job, the `bucket` of a preparation) must not refuse objects without KMS.',
];
export const LIMITS_PAGE = path.join(ROOT, 'docs', 'limits.md');

/** The limits page: the numbers are the model's own, the words are the comments that stand beside them. */
export function renderLimits(): string {
  return [
    '# Limits', '',
    'Every number that the library checks, written by `npx tsx projenrc/generate-limits.ts` from the files `limits.ts` in `src/model`.',
    'API is the service\'s public model, DG the SageMaker Developer Guide, UG the Amazon S3 User Guide; the library\'s own are marked so.', '',
    ...MODELS.flatMap(([folder, title]) => [`## ${title}`, '', '| limit | value | source |', '|---|---|---|', ...rowsOf(folder), '']),
    ...BEYOND_NUMBERS, '',
  ].join('\n');
}

function rowsOf(folder: string): string[] {
  const file = path.join(ROOT, 'src', 'model', folder, 'limits.ts');
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const rows: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'LIMITS') rows.push(...tableRows(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return rows;
}

function tableRows(declaration: ts.VariableDeclaration, source: ts.SourceFile): string[] {
  let sourceNote = '';
  return literalOf(declaration.initializer!).properties.filter(ts.isPropertyAssignment).map((property) => {
    const comment = ts.getLeadingCommentRanges(source.text, property.getFullStart())?.at(-1);
    // a comment speaks for the properties that follow it without one of their own
    if (comment) sourceNote = source.text.slice(comment.pos, comment.end).replace(/^\/\*\*\s*|\s*\*\/$|\n\s*\*/g, '').trim();
    return `| \`${property.name.getText()}\` | ${valueOf(property.initializer)} | ${sourceNote} |`;
  });
}

function literalOf(node: ts.Expression): ts.ObjectLiteralExpression {
  return ts.isAsExpression(node) ? literalOf(node.expression) : node as ts.ObjectLiteralExpression;
}

function valueOf(node: ts.Expression): string {
  if (!ts.isObjectLiteralExpression(node)) return node.getText().replace(/_/g, ',');
  return node.properties.filter(ts.isPropertyAssignment).map((part) => `${part.name.getText()} ${valueOf(part.initializer)}`).join(', ');
}

if (require.main === module) fs.writeFileSync(LIMITS_PAGE, renderLimits());
