import fc from 'fast-check';
import { LabelMerge } from '../../../src/model/dataset/label-merge';
import { MergeLine, mergeLine } from '../../../src/model/dataset/merge-line';

type Item = { readonly source: string; readonly label?: string; readonly failed?: boolean };

function line({ source, label, failed }: Item): MergeLine {
  const text = JSON.stringify({
    source, ...(label && { 'kind': label, 'kind-metadata': { 'job-name': label } }), ...(failed && { 'kind-metadata': { 'failure-reason': 'x' } }),
  });
  return mergeLine(text, 'kind')!;
}

/** The three rounds in which a merge is asked. */
function merged(input: readonly MergeLine[] | undefined, outputs: ReadonlyArray<readonly MergeLine[]>): { lines: MergeLine[]; merge: LabelMerge } {
  const merge = new LabelMerge();
  input?.forEach((each) => merge.expect(each));
  if (!input) for (const output of outputs) (merge.beginOutput(), output.forEach((each) => merge.expectFromOutput(each)));
  const labeled = outputs.flatMap((output) => {
    merge.beginOutput();
    return output.filter((each) => each.labeled && merge.takeLabeled(each));
  });
  const failed = outputs.flatMap((output) => output.filter((each) => each.failed && merge.takeFailed(each)));
  const left = (input ? [input] : outputs).flatMap((file) => {
    merge.beginOutput();
    return file.filter((each) => merge.takeLeft(each));
  });
  return { lines: [...labeled, ...failed, ...left], merge };
}

test('of equal lines, one that came with its label keeps it, and the other one stays without', () => {
  const input = [line({ source: 'x', label: 'before' }), line({ source: 'x' })];
  expect(merged(input, [input]).lines.map(({ labeled }) => labeled)).toEqual([true, false]);
});

const INPUT = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
const ROUNDS = fc.array(fc.record({ labels: fc.array(fc.constantFrom('yes', 'no', 'failed'), { maxLength: 8 }), custom: fc.boolean(), order: fc.nat() }), { maxLength: 4 });

/** What the service does: each generation labels some of what has no label, reads all lines or the unlabeled ones, writes in any order. */
function generations(input: readonly string[], rounds: ReadonlyArray<{ labels: readonly string[]; custom: boolean; order: number }>): Item[][] {
  const outputs: Item[][] = [];
  let items: Item[] = input.map((source) => ({ source }));
  rounds.forEach(({ labels, custom, order }, generation) => {
    const read = custom ? items.filter(({ label }) => label === undefined) : items;
    const written = read.map((item, index): Item => {
      if (item.label !== undefined) return item;
      return labels[index] === 'yes' ? { source: item.source, label: `g${generation}-${index}` } : { source: item.source, failed: labels[index] === 'failed' };
    });
    const at = written.length > 0 ? order % written.length : 0;
    outputs.unshift([...written.slice(at), ...written.slice(0, at)]);
    items = [...(custom ? items.filter(({ label }) => label !== undefined) : []), ...written].map(({ source, label }) => ({ source, label }));
  });
  return outputs;
}

const count = (texts: readonly string[]) => [...texts].sort();

test('each line of the input stands once, every label that was given is in the result, and no other', () => {
  fc.assert(fc.property(INPUT, ROUNDS, (input, rounds) => {
    const outputs = generations(input, rounds);
    const { lines, merge } = merged(input.map((source) => line({ source })), outputs.map((output) => output.map(line)));
    expect(count(lines.map(({ text }) => JSON.parse(text).source))).toEqual(count(input));
    const all = new Map(outputs.flat().filter(({ label }) => label !== undefined).map((item) => [item.label!, item.source]));
    const labels = lines.filter(({ labeled }) => labeled).map(({ text }) => JSON.parse(text)).map(({ source, kind }) => [kind, source]);
    expect(count(labels.map(String))).toEqual(count([...all].map(String)));
    expect(merge).toMatchObject({ objects: input.length, labeled: all.size, unmatched: 0, isComplete: true });
    expect(merge.failed).toBe(lines.filter(({ failed }) => failed).length);
  }), { numRuns: 1000 });
});

test('the newest of two labels wins, and any label wins over none', () => {
  const outputs = [[{ source: 'a', label: 'new' }, { source: 'b' }], [{ source: 'a', label: 'old' }, { source: 'b', label: 'old' }]];
  const { lines } = merged(['a', 'b', 'c'].map((source) => line({ source })), outputs.map((output) => output.map(line)));
  expect(lines.map(({ text }) => JSON.parse(text)).map(({ source, kind }) => [source, kind])).toEqual([['a', 'new'], ['b', 'old'], ['c', undefined]]);
});

test('a label that is not of the input is counted and left out', () => {
  const { lines, merge } = merged([line({ source: 'a' })], [[line({ source: 'other', label: 'x' })]]);
  expect(lines.map(({ text }) => text)).toEqual(['{"source":"a"}']);
  expect(merge).toMatchObject({ objects: 1, unlabeled: 1, unmatched: 1 });
});

test('where the input is gone, the outputs say what there was', () => {
  const outputs = [[line({ source: 'b', label: 'two' })], [line({ source: 'a', label: 'one' }), line({ source: 'b' }), line({ source: 'b' })]];
  const { lines } = merged(undefined, outputs);
  expect(lines.map(({ text }) => JSON.parse(text)).map(({ source, kind }) => [source, kind])).toEqual([['b', 'two'], ['a', 'one'], ['b', undefined]]);
});

test('a label that came with the input stays', () => {
  const { lines, merge } = merged([line({ source: 'a', label: 'before' })], []);
  expect(lines).toHaveLength(1);
  expect(merge).toMatchObject({ labeled: 1, unlabeled: 0 });
});

test.each([['no JSON'], ['[1]'], ['"text"'], ['']])('%j is no line of a manifest', (text) => expect(mergeLine(text, 'kind')).toBeUndefined());

test('a line is known whatever the order of its keys, and whatever its label', () => {
  const a = mergeLine('{"source":"x","meta":{"b":1,"a":2}}', 'kind')!;
  const b = mergeLine('{"meta":{"a":2,"b":1},"kind":0,"source":"x","kind-metadata":{"type":"t"}}', 'kind')!;
  expect(b).toMatchObject({ key: a.key, labeled: true, failed: false, inputKeys: ['meta', 'source'] });
  expect(a.labeled).toBe(false);
});
