import fc from 'fast-check';
import { LEAST_PART_BYTES, planJoin } from '../../../src/model/dataset/join-plan';

const ABOUT_A_PART = fc.integer({ min: LEAST_PART_BYTES - 1, max: LEAST_PART_BYTES + 1 });
const SIZES = fc.array(fc.oneof(fc.nat(1000), fc.nat(3 * LEAST_PART_BYTES), ABOUT_A_PART, fc.nat(2 ** 34)), { maxLength: 30 });

test('every byte of every file is in one part once, in order, and S3 takes the parts', () => {
  fc.assert(fc.property(SIZES, (sizes) => {
    const parts = planJoin(sizes);
    const slices = parts.flat();
    const pieces = sizes.map((_, file) => slices.filter((slice) => slice.file === file));
    expect(slices.map(({ file }) => file)).toEqual([...slices.map(({ file }) => file)].sort((a, b) => a - b));
    pieces.forEach((own, file) => {
      expect(own.map(({ from }) => from)).toEqual(own.map((_, index) => (index === 0 ? 0 : own[index - 1].to)));
      expect(own.at(-1)?.to ?? 0).toBe(sizes[file]);
    });
    parts.forEach((part, index) => {
      const bytes = part.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(bytes).toBeGreaterThanOrEqual(index === parts.length - 1 ? 1 : LEAST_PART_BYTES);
      expect(bytes).toBeLessThanOrEqual(5 * 2 ** 30);
      // what goes through the memory is small
      if (part.length > 1) expect(bytes).toBeLessThan(2 * LEAST_PART_BYTES);
    });
  }));
});

test('an upload has at most as many parts as S3 takes', () => {
  const sizes = [100, ...Array(12_000).fill(LEAST_PART_BYTES)];
  expect(planJoin(sizes).length).toBeLessThanOrEqual(10_000);
});
