import { createHash } from 'node:crypto';
import { type ImportObjects, Unreadable } from './ports';
import type { ImportLine } from '../../src/model/supervisely/import/import-line';
import type { Caller } from '../shared/supervisely/client';

/** So that an image, its copy in the form and the form fit into the function's memory. */
const MOST_IMAGE_BYTES = 100 * 1024 * 1024;
/** Bytes that one form holds, unless a single image has more. */
const FORM_BYTES = 16 * 1024 * 1024;

export interface Uploaded {
  /** Of the content that the server has, by name of the image. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, string>;
}

interface Content {
  readonly name: string;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Sends the images' bytes, where the server does not have them already. */
export async function imageHashes(caller: Caller, lines: readonly ImportLine[], objects: ImportObjects): Promise<Uploaded> {
  const hashes = new Map<string, string>();
  const refused = new Map<string, string>();
  let group: Content[] = [];
  const send = async (): Promise<void> => {
    for (const [name, reason] of await upload(caller, group)) refused.set(name, reason);
    for (const { name, hash } of group) if (!refused.has(name)) hashes.set(name, hash);
    group = [];
  };
  for (const { name, sourceRef } of lines) {
    try {
      const bytes = await objects.whole(sourceRef, MOST_IMAGE_BYTES);
      if (group.length > 0 && sizeOf(group) + bytes.length > FORM_BYTES) await send();
      group.push({ name, bytes, hash: createHash('sha256').update(bytes).digest('base64') });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refused.set(name, error.message);
    }
  }
  await send();
  return { hashes, refused };
}

/** What the server does not take for images, with its reason. */
async function upload(caller: Caller, group: readonly Content[]): Promise<Map<string, string>> {
  if (group.length === 0) return new Map();
  const there = new Set(await caller.call<string[]>('images.internal.hashes.list', [...new Set(group.map(({ hash }) => hash))]));
  const byHash = new Map(group.filter(({ hash }) => !there.has(hash)).map((one) => [one.hash, one]));
  const missing = [...byHash.values()];
  if (missing.length === 0) return new Map();
  const form = new FormData();
  for (const [index, { bytes }] of missing.entries()) form.append(`${index}-file`, new Blob([bytes as Uint8Array<ArrayBuffer>]), String(index));
  const answers = await caller.call<ReadonlyArray<{ hash?: string; errors?: ReadonlyArray<{ message?: string }> }>>('images.bulk.upload', form);
  const reasons = new Map(missing.flatMap(({ hash }, index) => (answers[index]?.hash === undefined
    ? [[hash, answers[index]?.errors?.[0]?.message ?? 'the server does not take it for an image'] as const] : [])));
  return new Map(group.flatMap(({ name, hash }) => (reasons.has(hash) ? [[name, reasons.get(hash)!] as const] : [])));
}

function sizeOf(group: readonly Content[]): number {
  return group.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
