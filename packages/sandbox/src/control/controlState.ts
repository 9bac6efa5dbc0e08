import { z } from 'zod';
import { ClockState, clockState } from '../clock';
import type { NumberedCall } from '../hetzner/callNumbers';
import { Injection, injectionFor } from '../hetzner/faults/injection';
import { FaultPlan, faultPlanList } from '../hetzner/faults/plan';
import { Fault, faultList } from '../hetzner/faults/rule';
import {
  changeSettings,
  Settings,
  settings,
  settingsChange,
} from '../settings';
import { StateFolder } from '../stateFolder';

const FILE = 'control.json';

const content = z.object({
  settings,
  faults: faultList,
  plans: faultPlanList.default([]),
  clock: clockState.default({ mode: 'running', aheadMs: 0 }),
});

/** Settings, faults and how time passes, kept in the state folder. */
export class ControlState {
  private current: z.infer<typeof content>;

  /**
   * @param change - settings of the command line, which win over kept ones
   * @throws StateError when the folder holds something else than state
   */
  constructor(
    private readonly state: StateFolder,
    change: z.infer<typeof settingsChange>,
    private readonly report: (problem: string) => void,
  ) {
    const kept = state.read(FILE, content);
    this.current = {
      settings: changeSettings(kept?.settings ?? settings.parse({}), change),
      faults: kept?.faults ?? [],
      plans: kept?.plans ?? [],
      clock: kept?.clock ?? { mode: 'running', aheadMs: 0 },
    };
  }

  get settings(): Settings {
    return this.current.settings;
  }

  change(change: z.infer<typeof settingsChange>): Promise<void> {
    this.current.settings = changeSettings(this.current.settings, change);
    return this.save();
  }

  get clock(): ClockState {
    return this.current.clock;
  }

  setClock(clock: ClockState): Promise<void> {
    this.current.clock = clock;
    return this.save();
  }

  get faults(): Fault[] {
    return this.current.faults;
  }

  setFaults(faults: Fault[]): Promise<void> {
    this.current.faults = faults;
    return this.save();
  }

  get plans(): FaultPlan[] {
    return this.current.plans;
  }

  setPlans(plans: FaultPlan[]): Promise<void> {
    this.current.plans = plans;
    return this.save();
  }

  /** What goes wrong with a request; the rules that hit it have done so afterwards. */
  inject(call: NumberedCall): Injection {
    const { faults, plans } = this.current;
    const { injection, left } = injectionFor(faults, plans, call);
    if (left.some((rule, index) => rule !== faults[index])) {
      // A failure to save it hurts nobody at once.
      this.setFaults(left).catch(error =>
        this.report(`The faults could not be saved: ${error.message}`),
      );
    }
    return injection;
  }

  private save(): Promise<void> {
    return this.state.save(FILE, () => this.current);
  }
}
