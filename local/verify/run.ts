import { Command, InvalidArgumentError } from 'commander';
import type { Account, Permission } from './check';
import { clientsOf } from './clients';
import { renderTable } from './table';
import { verify, type Verdict } from './verify';

interface Flags extends Permission {
  readonly region?: string;
  readonly endpoint?: string;
  readonly account?: string;
  readonly create?: true;
  readonly json?: true;
}

const POLL_MS = 5_000;

/** `npm run verify:aws`: which assumptions about AWS hold in a real account; exits with 1 where one does not. */
async function main(): Promise<void> {
  const flags = new Command('verify:aws')
    .description('Tries out, in your account, what docs/assumptions.md assumes about AWS; without --create it only reads. Credentials as for any AWS client')
    .option('--region <name>', 'region to try it in, else AWS_REGION')
    .option('--account <id>', 'your account\'s twelve digits: S3 Batch Operations asks for them', twelveDigits)
    .option('--endpoint <url>', 'another endpoint for every service: the local engine\'s')
    .option('--create', 'create jobs, too, on what the next four options name, and end them: a labeling job whose name stays used, and S3 batch jobs (0.25 US dollars each)')
    .option('--bucket <name>', 'a bucket of that region, in which everything below verify-aws/ is removed again')
    .option('--labeling-role <arn>', 'a role for labeling jobs that may read and write the bucket')
    .option('--workteam <arn>', 'a private work team; its people may see one task for a minute')
    .option('--batch-role <arn>', 'a role for S3 batch jobs that may read and write the bucket')
    .option('--json', 'one JSON document in place of the table')
    .showHelpAfterError()
    .parse()
    .opts<Flags>();
  const verdicts: Verdict[] = [];
  for await (const verdict of verify(accountOf(flags))) {
    process.stderr.write(`${verdict.outcome.padEnd(10)} ${verdict.assumption}\n`);
    verdicts.push(verdict);
  }
  process.stdout.write(`${flags.json ? JSON.stringify(verdicts, undefined, 2) : renderTable(verdicts)}\n`);
  if (verdicts.some(({ outcome }) => outcome === 'refuted')) process.exitCode = 1;
}

function accountOf({ region, endpoint, account, create, bucket, labelingRole, workteam, batchRole }: Flags): Account {
  return {
    ...clientsOf({ ...region && { region }, ...endpoint && { endpoint } }),
    accountId: account,
    may: create && { bucket, labelingRole, workteam, batchRole },
    pollMs: POLL_MS,
  };
}

function twelveDigits(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('must have twelve digits');
  return text;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
