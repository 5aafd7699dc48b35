import { draw } from './drawing';
import type { LabelerProfile } from './profiles';
import { type SceneObject, sceneOf } from './scene';
import { keepFigure, newFigure } from '../api/figures';
import { attach, type GivenTagUse, newTagUse } from '../api/tag-uses';
import type { Site } from '../site';
import type { Job } from '../store/job-records';
import type { Image, ObjectClass, Project, TagMeta, User } from '../store/records';

/** Labels one image for a job; false when a mistake has been made. The labeler's earlier work on the image gives way. */
export function labelImage(site: Site, job: Job, image: Image, labeler: User, profile: LabelerProfile, isSecondLook: boolean): boolean {
  const { store, core } = site;
  const project = store.projects.get(job.projectId)!;
  const classes = namedIn(project.classes, job.meta.classes, ({ title }) => title);
  const random = core.random(`supervisely ${labeler.login} labels ${image.id} in ${job.id} ${isSecondLook ? 'again' : ''}`);
  const most = Math.min(profile.objectsPerImage, job.meta.imageFiguresLimit ?? Infinity);
  const scene = sceneOf(image, classes, most, core.random(`supervisely scene ${image.id}`));
  for (const figure of store.figures.of(image.id)) {
    if (figure.labelerLogin === labeler.login && classes.some(({ id }) => id === figure.classId)) store.figures.remove(figure.id);
  }
  let isRight = true;
  const tags = new TagBudget(project, job);
  for (const object of scene) {
    const isMistaken = !isSecondLook && random() >= profile.accuracy;
    if (isMistaken) isRight = false;
    const drawn = isMistaken ? mistaken(object, classes) : object;
    const uses = tags.take(drawn.objectClass, random);
    keepFigure(site, newFigure(site, image, drawn.objectClass, { ...draw(drawn), tags: uses }, labeler), labeler, job.id);
  }
  for (const use of tags.take(undefined, random)) attach(image, newTagUse(site, project, use, labeler));
  image.updatedAt = site.now();
  return isRight;
}

/** Another class where there is one; else half of the object is missed. */
function mistaken(object: SceneObject, classes: readonly ObjectClass[]): SceneObject {
  const other = classes.find(({ id }) => id !== object.objectClass.id);
  return other ? { ...object, objectClass: other } : { ...object, right: Math.max(object.left + 1, Math.floor((object.left + object.right) / 2)) };
}

/** No names: all of them. */
function namedIn<T>(all: readonly T[], names: readonly string[], nameOf: (one: T) => string): T[] {
  return names.length === 0 ? [...all] : all.filter((one) => names.includes(nameOf(one)));
}

/** The job's tags, as many as it allows in one image. */
class TagBudget {
  private readonly tags: readonly TagMeta[];
  private left: number;

  constructor(project: Project, { meta }: Job) {
    this.tags = project.tags.filter(({ name }) => meta.projectTags.includes(name));
    this.left = meta.imageTagsLimit ?? Infinity;
  }

  /** Those for an object of a class, or for the image itself. */
  take(objectClass: ObjectClass | undefined, random: () => number): GivenTagUse[] {
    const elsewhere = objectClass ? 'imagesOnly' : 'objectsOnly';
    const fitting = this.tags.filter(({ applicableType, classes }) => applicableType !== elsewhere
      && (!objectClass || classes.length === 0 || classes.includes(objectClass.title)));
    const taken = fitting.slice(0, this.left);
    this.left -= taken.length;
    return taken.map((tag) => ({ tagId: tag.id, value: valueOf(tag, random) }));
  }
}

function valueOf({ valueType, values }: TagMeta, random: () => number): string | number | null {
  switch (valueType) {
    case 'none': return null;
    case 'any_number': return Math.floor(random() * 100);
    case 'oneof_string': return values![Math.floor(random() * values!.length)];
    case 'date': return `2024-01-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
    default: return ['Spain', 'Italy', 'New Zealand', 'Greece'][Math.floor(random() * 4)];
  }
}
