import { conditionMet, remainingConditions } from '../../src/model/conditions';
import { NO_COUNTERS } from '../../src/model/counters';

const done = (totalLabeled: number, unlabeled = 0) => ({ ...NO_COUNTERS, totalLabeled, humanLabeled: totalLabeled, unlabeled });

test.each([
  [{}, done(5, 5), false],
  [{ MaxHumanLabeledObjectCount: 5 }, done(5, 5), true],
  [{ MaxHumanLabeledObjectCount: 6 }, done(5, 5), false],
  [{ MaxPercentageOfInputDatasetLabeled: 50 }, done(5, 5), true],
  [{ MaxPercentageOfInputDatasetLabeled: 51 }, done(5, 5), false],
  [{ MaxPercentageOfInputDatasetLabeled: 1 }, NO_COUNTERS, false],
])('%j after %j: met is %s', (conditions, counters, met) => {
  expect(conditionMet(conditions, counters)).toBe(met);
});

test.each([
  [{}, 5, 5, {}],
  [{ MaxHumanLabeledObjectCount: 8 }, 5, 5, { MaxHumanLabeledObjectCount: 3 }],
  [{ MaxHumanLabeledObjectCount: 5 }, 5, 5, undefined],
  // 80 of 100 are wanted, 60 are labeled: 20 of the 40 that are left
  [{ MaxPercentageOfInputDatasetLabeled: 80 }, 60, 40, { MaxPercentageOfInputDatasetLabeled: 50 }],
  [{ MaxPercentageOfInputDatasetLabeled: 60 }, 60, 40, undefined],
  [{ MaxPercentageOfInputDatasetLabeled: 100 }, 60, 40, { MaxPercentageOfInputDatasetLabeled: 100 }],
  [{ MaxHumanLabeledObjectCount: 90, MaxPercentageOfInputDatasetLabeled: 60 }, 60, 40, undefined],
])('%j after %d labeled, %d left: %j remains', (conditions, labeled, left, expected) => {
  expect(remainingConditions(conditions, done(labeled), left)).toEqual(expected);
});
