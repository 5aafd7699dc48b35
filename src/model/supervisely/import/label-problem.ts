/** Why a label cannot be imported; the others go on. */
export class LabelProblem extends Error {
  override readonly name = 'LabelProblem';
}
