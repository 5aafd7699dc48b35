import { refuse } from '../private/errors';
import { tokenProblems } from '../private/tokens';

/** What a worker of a public team is paid for a task. Private and vendor teams take no price. */
export class TaskPrice {
  /**
   * A price in US dollars, one of those that the service accepts for the task type.
   *
   * @param amount for example 0.012; known at synthesis
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PublicWorkforceTaskPrice.html
   */
  public static usd(amount: number): TaskPrice {
    refuse('TaskPrice.usd', tokenProblems('amount', [amount], 'it is split into dollars, cents and tenths of a cent'));
    const tenths = Math.round(amount * 1000);
    refuse('TaskPrice.usd', Math.abs(tenths - amount * 1000) > 1e-6 || tenths < 0 ? [`'amount' must be a whole number of tenths of a cent, got ${amount}`] : []);
    return new TaskPrice(tenths);
  }

  /** @internal */
  public readonly _tenthsOfACent: number;

  private constructor(tenthsOfACent: number) {
    this._tenthsOfACent = tenthsOfACent;
  }
}
