import { supervisely } from '../../src';
import type { Kind } from '../adopt-estate/kinds';

/** A labeling job of Ground Truth, and where its images and labels go. */
export interface LeavingJob {
  /** Its name in Ground Truth. */
  readonly name: string;
  readonly kind: Extract<Kind, 'boxes' | 'masks' | 'image'>;
  /** Dataset of the Supervisely project. */
  readonly dataset: string;
  readonly labels: supervisely.ImportedLabels;
  readonly images: number;
  /** Whoever leaves stops it half-way: what has no label yet is labeled in Supervisely. */
  readonly isUnfinished?: boolean;
}

/** Where Ground Truth has put the labels. */
export const LABELS = 'estate-labels';

const { ImportedLabels } = supervisely;

/** Three jobs are finished, one is not. */
export const JOBS: readonly LeavingJob[] = [
  { name: 'boxes-2026-03', kind: 'boxes', dataset: 'boxes march', labels: ImportedLabels.boundingBoxes('boxes'), images: 8 },
  { name: 'boxes-2026-04', kind: 'boxes', dataset: 'boxes april', labels: ImportedLabels.boundingBoxes('boxes'), images: 60, isUnfinished: true },
  { name: 'masks-1', kind: 'masks', dataset: 'masks', labels: ImportedLabels.semanticSegmentation('mask-ref'), images: 8 },
  { name: 'photos', kind: 'image', dataset: 'animals', labels: ImportedLabels.classification('animal'), images: 8 },
];
