import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

interface CompiledModule {
  readonly code: string;
  readonly script: vm.Script;
}

/** By file: what this worker's suites have loaded so far. */
const compiled = new Map<string, CompiledModule>();
const compileFunction = vm.compileFunction;

/**
 * jest loads every module anew for every suite, which keeps suites apart, and also compiles it anew: for aws-cdk-lib and the SDK that is
 * most of a small suite's time. A script is compiled once and then run in each suite's own context; modules and their state stay apart as before.
 */
Object.assign(vm, {
  compileFunction(code: string, parameters: readonly string[] = [], options: vm.CompileFunctionOptions = {}) {
    const { filename, parsingContext } = options;
    if (!filename || !parsingContext) return compileFunction(code, parameters, options);
    let module = compiled.get(filename);
    if (module?.code !== code) {
      const head = `(function (${parameters.join(', ')}) {`;
      // places in errors and stack traces are those of the code without its head
      module = { code, script: new vm.Script(`${head}${code}\n})`, { filename, columnOffset: -head.length }) };
      compiled.set(filename, module);
    }
    return module.script.runInContext(parsingContext) as () => unknown;
  },
});

export default TestEnvironment;
