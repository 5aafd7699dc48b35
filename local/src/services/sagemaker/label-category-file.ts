/** An attribute that workers fill in about a label or a frame. */
export interface CategoryAttribute {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface LabelCategory {
  readonly label: string;
  readonly shortDisplayName?: string;
  readonly editsAllowed?: 'none' | 'any';
  readonly categoryAttributes?: readonly CategoryAttribute[];
}

/** A label category file that has passed its checks: both forms have labels, the other members belong to frames and point clouds. */
export interface LabelCategories {
  readonly labels: readonly LabelCategory[];
  readonly categoryGlobalAttributes?: readonly CategoryAttribute[];
  readonly frameAttributes?: readonly CategoryAttribute[];
  readonly annotationType?: 'BoundingBox' | 'Polyline' | 'Polygon' | 'Keypoint';
  readonly auditLabelAttributeName?: string;
}

export const NO_CATEGORIES: LabelCategories = { labels: [] };
