import { z } from 'zod';
import { Fault, faultList } from '../faults';
import {
  changeSettings,
  Settings,
  settings,
  settingsChange,
} from '../settings';
import { StateFolder } from '../stateFolder';

const FILE = 'control.json';

const content = z.object({ settings, faults: faultList });

/** Settings and faults, kept in the state folder. */
export class ControlState {
  private current: { settings: Settings; faults: Fault[] };

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
    };
  }

  get settings(): Settings {
    return this.current.settings;
  }

  change(change: z.infer<typeof settingsChange>): Promise<void> {
    this.current.settings = changeSettings(this.current.settings, change);
    return this.save();
  }

  get faults(): Fault[] {
    return this.current.faults;
  }

  setFaults(faults: Fault[]): Promise<void> {
    this.current.faults = faults;
    return this.save();
  }

  /** Notes that a fault has hit; a failure to save it hurts nobody at once. */
  useFaults(faults: Fault[]): void {
    this.setFaults(faults).catch(error =>
      this.report(`The faults could not be saved: ${error.message}`),
    );
  }

  private save(): Promise<void> {
    return this.state.save(FILE, () => this.current);
  }
}
