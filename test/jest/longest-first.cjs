'use strict';
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes long, the longest first: whole stacks on the engine, stories, other programs, many random histories. */
const LONG = [/^test\/lifecycle\//, /^test\/examples\//, /^test\/local\/(clients|commands|server|stepfunctions)\//, /\.property\.test\.ts$/, /^test\/(token-safety|nag)\//];

/**
 * jest starts with what took longest in the run before, and a fresh clone had none. There, long suites come first all the same, so that the workers
 * end together.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = (test) => {
      const rule = LONG.findIndex((pattern) => pattern.test(path.relative(test.context.config.rootDir, test.path).split(path.sep).join('/')));
      return rule < 0 ? LONG.length : rule;
    };
    const sorted = super.sort(tests);
    return sorted.every((test) => test.duration === undefined) ? sorted.sort((one, other) => rank(one) - rank(other)) : sorted;
  }
};
