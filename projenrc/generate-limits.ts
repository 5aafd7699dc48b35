import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const SOURCE = path.join(ROOT, 'src', 'model', 'groundtruth', 'limits.ts');
export const LIMITS_PAGE = path.join(ROOT, 'docs', 'limits.md');

/** The limits page: the numbers are the model's own, the words are the comments that stand beside them. */
export function renderLimits(): string {
  const source = ts.createSourceFile('limits.ts', fs.readFileSync(SOURCE, 'utf8'), ts.ScriptTarget.ES2022, true);
  const rows: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'LIMITS') rows.push(...tableRows(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [
    '# Limits', '',
    'Every number that the library checks for Ground Truth, written by `npx tsx projenrc/generate-limits.ts` from `src/model/groundtruth/limits.ts`.',
    'API is the service\'s public model, DG the SageMaker Developer Guide.', '',
    '| limit | value | source |', '|---|---|---|', ...rows, '',
  ].join('\n');
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
