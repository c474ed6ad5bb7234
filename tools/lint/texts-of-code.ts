/**
 * Writes the texts in the code (labels, descriptions, notices, errors) to a folder where textlint can read them.
 * A text keeps its line, so that a report of textlint leads to the code.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

const SOURCES = [
  'shared/src/**/*.ts',
  'n8n-node/{nodes,credentials}/**/*.ts',
  'zapier-app/src/**/*.ts',
];
const TARGET = '.cache/texts-of-code';
/** Shorter strings are names, keys and parts of addresses. */
const MIN_WORDS = 4;

rmSync(TARGET, { recursive: true, force: true });
for (const file of globSync(SOURCES, { exclude: ['**/*.gen.ts'] })) {
  const lines = linesOf(readFileSync(file, 'utf8'));
  const target = join(TARGET, `${file}.txt`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, lines.join('\n'));
}

function linesOf(code: string): string[] {
  const source = ts.createSourceFile('', code, ts.ScriptTarget.Latest);
  const lines = code.split('\n').map(() => '');
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    if (text.trim().split(/\s+/).length < MIN_WORDS) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    lines[line] = [lines[line], text.replaceAll(/\s+/g, ' ')].filter(Boolean).join(' ');
  };
  visit(source);
  return lines;
}

/** The text of a string, a template or a concatenation that contains a string; a value is shown as `x`. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join('');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    if (left !== undefined || right !== undefined) return `${left ?? 'x'}${right ?? 'x'}`;
  }
  return undefined;
}
