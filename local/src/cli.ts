import { Command, InvalidArgumentError, Option } from 'commander';
import { type AssemblyFlags, deployCommand, destroyCommand } from './commands/assembly-command';
import { serve, type ServeOptions } from './commands/serve';
import { SUPERVISELY_FIXTURES } from './supervisely';

const program = new Command('local')
  .description('The local engine: deploys an unchanged cloud assembly on one laptop, and serves AWS\'s clients')
  .showHelpAfterError();

interface ServeFlags extends Omit<ServeOptions, 'accountId'> {
  readonly account: string;
}

addEngineOptions(program.command('serve'))
  .description('serves every service on one endpoint; prints one line of JSON when it accepts connections')
  .addOption(new Option('--port <number>', 'port to listen on, 0 for any that is free').default(0).argParser(port))
  .addOption(new Option('--supervisely-fixture <name>', 'what the Supervisely instance starts with').choices(Object.keys(SUPERVISELY_FIXTURES)).default('none'))
  .action(async ({ account, ...flags }: ServeFlags) => serve({ ...flags, accountId: account }));

interface AssemblyCommandFlags extends Omit<AssemblyFlags, 'accountId'> {
  readonly account: string;
}

addAssemblyOptions(program.command('deploy'))
  .description('deploys a cloud assembly; prints one JSON document with the outputs of each stack')
  .option('--parameters <Stack:Key=Value...>', 'values for the templates\' parameters')
  .action(async (assembly: string, { account, ...flags }: AssemblyCommandFlags) => deployCommand(assembly, { ...flags, accountId: account }));

addAssemblyOptions(program.command('destroy'))
  .description('deletes the stacks of a cloud assembly')
  .action(async (assembly: string, { account, ...flags }: AssemblyCommandFlags) => destroyCommand(assembly, { ...flags, accountId: account }));

function addAssemblyOptions(command: Command): Command {
  return addEngineOptions(command.argument('<assembly>', 'folder of the cloud assembly'))
    .option('--endpoint <url>', 'engine to use: this one, else AWS_ENDPOINT_URL, else a fresh one that ends with the command')
    .option('--stacks <names...>', 'stacks by name, artifact id or path: these and what they need; all by default')
    .option('--json', 'status, reason and what was only recorded beside the outputs');
}

function addEngineOptions(command: Command): Command {
  return command
    .addOption(new Option('--region <name>', 'region that the engine plays').default('us-east-1').argParser(matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region')))
    .addOption(new Option('--account <id>', 'account that the engine plays').default('123456789012').argParser(matching(/^\d{12}$/, 'twelve digits')))
    .addOption(new Option('--quota <which>', 'quotas to apply').choices(['off', 'documented']).default('off'))
    .addOption(new Option('--iam <mode>', 'whether permissions are checked').choices(['off', 'enforce']).default('off'))
    .addOption(new Option('--annotators <mode>', 'whether anybody labels').choices(['on', 'off']).default('on'))
    .addOption(new Option('--seed <text>', 'seed of every random choice').default('1'));
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535) throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  return number;
}

function matching(form: RegExp, expected: string): (text: string) => string {
  return (text) => {
    if (!form.test(text)) throw new InvalidArgumentError(`expected ${expected}.`);
    return text;
  };
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
