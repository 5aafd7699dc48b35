import type { ExportFiles } from './ports';
import type { ExportCounts, ExportMember } from '../../src/groundtruth/private/labels-export-contract';
import { LabelMerge } from '../../src/model/dataset/label-merge';
import { MergeLine, mergeLine } from '../../src/model/dataset/merge-line';
import { errorName } from '../shared/errors';

/** What there is to say of a member once its lines were given. */
export interface MemberResult extends ExportCounts {
  /** Outputs that were read. */
  readonly outputs: readonly string[];
  /** Outputs that the service has named and that are not there. */
  readonly missing: readonly string[];
  readonly inputKeys: readonly string[];
}

/** One member's lines of the result. */
export class MemberMerge {
  private readonly merge = new LabelMerge();
  private readonly inputKeys = new Set<string>();
  private readonly missing: string[] = [];
  private outputs: string[] = [];
  /** What says which lines there are: the declared input or, where there is none any more, the outputs. */
  private bases: string[] = [];

  constructor(private readonly member: ExportMember, private readonly files: ExportFiles) {}

  get result(): MemberResult {
    const { objects, labeled, failed, unlabeled, unmatched } = this.merge;
    return { objects, labeled, failed, unlabeled, unmatched, outputs: this.outputs, missing: this.missing, inputKeys: [...this.inputKeys] };
  }

  /** Labels of the newest generation first, then those that only an earlier one gave, failures, and what nobody labeled. */
  async* lines(): AsyncIterable<string> {
    const { merge } = this;
    await this.look();
    await this.expect();
    let sawFailures = false;
    for (const uri of this.outputs) {
      // a generation that has gone through everything leaves nothing for the earlier ones
      if (merge.isComplete) break;
      merge.beginOutput();
      for await (const line of this.read(uri)) {
        sawFailures ||= line.failed;
        if (line.labeled && merge.takeLabeled(line)) yield this.given(line);
      }
    }
    if (sawFailures && !merge.isComplete) yield* this.rest(this.outputs, (line) => line.failed && merge.takeFailed(line));
    if (!merge.isComplete) yield* this.rest(this.bases, (line) => merge.takeLeft(line));
  }

  private async* rest(uris: readonly string[], takes: (line: MergeLine) => boolean): AsyncIterable<string> {
    for (const uri of uris) {
      this.merge.beginOutput();
      for await (const line of this.read(uri)) if (takes(line)) yield this.given(line);
    }
  }

  private given(line: MergeLine): string {
    for (const key of line.inputKeys) this.inputKeys.add(key);
    return line.text;
  }

  private async look(): Promise<void> {
    const { inputUri } = this.member;
    for (const { uri, known } of this.member.outputs) {
      if (await this.isThere(uri)) this.outputs.push(uri);
      else if (known) this.missing.push(uri);
    }
    this.bases = inputUri !== undefined && await this.isThere(inputUri) ? [inputUri] : this.outputs;
  }

  private async expect(): Promise<void> {
    for (const uri of this.bases) {
      this.merge.beginOutput();
      for await (const line of this.read(uri)) {
        if (this.bases === this.outputs) this.merge.expectFromOutput(line);
        else this.merge.expect(line);
      }
    }
  }

  private async isThere(uri: string): Promise<boolean> {
    const lines = this.files.lines(uri)[Symbol.asyncIterator]();
    try {
      await lines.next();
      return true;
    } catch (error) {
      if (errorName(error) === 'NoSuchKey' || errorName(error) === 'NoSuchBucket') return false;
      throw error;
    } finally {
      await lines.return?.();
    }
  }

  private async* read(uri: string): AsyncIterable<MergeLine> {
    for await (const text of this.files.lines(uri)) {
      const line = mergeLine(text, this.member.labelAttributeName);
      if (line) yield line;
    }
  }
}
