import { createHash } from 'node:crypto';
import type { Liquid } from 'liquidjs';
import { sagemakerArn } from './arns';
import { checkTemplate } from './checks/user-interface';
import { inUse, notFound } from './errors';
import type { Tag } from './labeling-job';
import { page, type PageRequest } from './paging';
import { checkTags, type TagStore } from './tags';
import type { EngineCore } from '../../core/engine';
import type { Operation } from '../../core/service';

interface HumanTaskUi {
  readonly name: string;
  readonly arn: string;
  readonly content: string;
  readonly creationTime: Date;
  readonly sequence: number;
}

interface ListRequest extends PageRequest {
  readonly CreationTimeAfter?: Date;
  readonly CreationTimeBefore?: Date;
}

/** Worker templates under a name; Ground Truth's jobs do not use them, RenderUiTemplate does. */
export class HumanTaskUis {
  private readonly byName = new Map<string, HumanTaskUi>();
  private sequence = 0;

  constructor(private readonly core: EngineCore, private readonly tags: TagStore, private readonly templates: Liquid) {}

  contentOf(arn: string): string {
    const ui = [...this.byName.values()].find((each) => each.arn === arn);
    if (ui === undefined) {
      throw notFound(`The human task UI '${arn}' does not exist`);
    }
    return ui.content;
  }

  operations(): Record<string, Operation> {
    return {
      CreateHumanTaskUi: (input: { HumanTaskUiName: string; UiTemplate: { Content: string }; Tags?: Tag[] }) => this.create(input),
      DescribeHumanTaskUi: ({ HumanTaskUiName }: { HumanTaskUiName: string }) => {
        const ui = this.find(HumanTaskUiName);
        return {
          ...summary(ui),
          HumanTaskUiStatus: 'Active',
          UiTemplate: { ContentSha256: createHash('sha256').update(ui.content).digest('hex') },
        };
      },
      DeleteHumanTaskUi: ({ HumanTaskUiName }: { HumanTaskUiName: string }) => {
        this.tags.remove(this.find(HumanTaskUiName).arn);
        this.byName.delete(HumanTaskUiName);
        return {};
      },
      ListHumanTaskUis: (request: ListRequest) => {
        const { items, NextToken } = page({
          operation: 'ListHumanTaskUis',
          request,
          sorted: [...this.byName.values()],
          keyOf: (ui) => [ui.creationTime.getTime(), ui.sequence],
          matches: (ui) => (request.CreationTimeAfter === undefined || ui.creationTime > request.CreationTimeAfter)
            && (request.CreationTimeBefore === undefined || ui.creationTime < request.CreationTimeBefore),
        });
        return { HumanTaskUiSummaries: items.map(summary), NextToken };
      },
    };
  }

  private create({ HumanTaskUiName: name, UiTemplate, Tags }: { HumanTaskUiName: string; UiTemplate: { Content: string }; Tags?: Tag[] }): object {
    checkTags(Tags ?? []);
    if (this.byName.has(name)) {
      throw inUse(`The human task UI '${name}' exists already`);
    }
    checkTemplate('UiTemplate.Content', UiTemplate.Content, this.templates);
    const arn = sagemakerArn(this.core.settings, 'human-task-ui', name);
    this.byName.set(name, { name, arn, content: UiTemplate.Content, creationTime: new Date(this.core.clock.now()), sequence: this.sequence++ });
    this.tags.create(arn, Tags);
    return { HumanTaskUiArn: arn };
  }

  private find(name: string): HumanTaskUi {
    const ui = this.byName.get(name);
    if (ui === undefined) {
      throw notFound(`The human task UI '${name}' does not exist`);
    }
    return ui;
  }
}

function summary(ui: HumanTaskUi): object {
  return { HumanTaskUiName: ui.name, HumanTaskUiArn: ui.arn, CreationTime: ui.creationTime };
}
