import { defaultCrew, type AnnotatorProfile } from './annotator';
import { Crew } from './crew';
import type { EngineCore } from '../core/engine';

/** The crew of each work team: as configured for it, else as configured for all, else the default. */
export class Crews {
  private readonly byTeam = new Map<string, Crew>();
  private readonly configured = new Map<string, readonly AnnotatorProfile[]>();
  private configuredForAll: readonly AnnotatorProfile[] | undefined;

  constructor(private readonly core: EngineCore) {}

  configure(workteamArn: string | undefined, profiles: readonly AnnotatorProfile[]): void {
    if (workteamArn === undefined) {
      this.configuredForAll = profiles;
    } else {
      this.configured.set(workteamArn, profiles);
    }
    for (const [arn, crew] of this.byTeam) {
      if (arn === workteamArn || workteamArn === undefined && !this.configured.has(arn)) {
        crew.staff(this.staffed(profiles));
      }
    }
  }

  /** A crew that nobody configured has at least as many annotators as an object needs. */
  of(workteamArn: string, needed: number): Crew {
    const profiles = this.configured.get(workteamArn) ?? this.configuredForAll;
    const crew = this.byTeam.get(workteamArn) ?? new Crew(this.core.clock, this.staffed(profiles ?? defaultCrew(needed)));
    this.byTeam.set(workteamArn, crew);
    if (profiles === undefined) {
      crew.join(this.staffed(defaultCrew(needed).slice(crew.profiles.length)));
    }
    return crew;
  }

  private staffed(profiles: readonly AnnotatorProfile[]): readonly AnnotatorProfile[] {
    return this.core.settings.annotators === 'on' ? profiles : [];
  }
}
