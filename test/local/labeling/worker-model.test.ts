import { seededRandom } from '../../../local/src/core/random';
import { WorkerModel } from '../../../local/src/labeling/worker-model';

const ACCURACY: Record<string, number> = { good: 0.95, poor: 0.65, worse: 0.65 };

function answers(count: number): Array<{ truth: number; question: { options: number; votes: Array<{ worker: string; option: number }> } }> {
  const random = seededRandom('seed', 'worker-model');
  return Array.from({ length: count }, () => {
    const truth = Math.floor(random() * 2);
    const votes = Object.entries(ACCURACY).map(([worker, accuracy]) => ({ worker, option: random() < accuracy ? truth : 1 - truth }));
    return { truth, question: { options: 2, votes } };
  });
}

test('finds out who is reliable: better than a majority of mostly poor workers', () => {
  const data = answers(4000);
  const estimates = new WorkerModel().consolidate(data.map(({ question }) => question));
  const right = data.filter(({ truth }, index) => estimates[index].option === truth).length;
  const majority = data.filter(({ truth, question }) => question.votes.filter(({ option }) => option === truth).length >= 2).length;
  expect(right).toBeGreaterThan(majority);
});

test('keeps what it learnt: a split vote goes to the worker who has been right', () => {
  const model = new WorkerModel();
  model.consolidate(answers(4000).map(({ question }) => question));
  const votes = [{ worker: 'good', option: 1 }, { worker: 'poor', option: 0 }, { worker: 'worse', option: 0 }];
  expect(model.consolidate([{ options: 2, votes }])[0].option).toBe(1);
});

test('probabilities add up to one, over many options too', () => {
  const [{ probabilities, option }] = new WorkerModel().consolidate([{ options: 500, votes: [{ worker: 'a', option: 499 }] }]);
  expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
  expect(option).toBe(499);
});
