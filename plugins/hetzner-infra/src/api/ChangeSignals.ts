import type {
  SignalApi,
  SignalSubscriber,
} from '@backstage/plugin-signals-react';
import {
  CHANGE_SIGNAL_CHANNEL,
  SIGNAL_PULSE_SECONDS,
  type ChangeSignal,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { Turns } from './oneAtATime';

/** After so long without a pulse the socket is taken for dead. Milliseconds. */
const SILENCE_MILLISECONDS = SIGNAL_PULSE_SECONDS * 2500;

/** For how long the socket stays when nothing needs it: the next page may. Milliseconds. */
const LINGER_MILLISECONDS = 5_000;

/** Between two reloads of the same thing, however often it changes. Milliseconds. */
const RELOAD_PAUSE_MILLISECONDS = 1_000;

/** Something that a page shows and that a signal can make old. */
export interface Watcher {
  /** What is shown; watchers of the same key are one to reload. */
  key: string;
  /** Whether a signal says that it is old. */
  concerns(signal: ChangeSignal): boolean;
  reload(): Promise<unknown>;
}

/**
 * Reloads what pages show when the backend signals a change.
 *
 * The socket is open only while something is shown in a visible tab, so a tab
 * in the background costs nothing; what changed meanwhile is read when it comes
 * back. Whether the socket works is known by the backend's pulse, because a
 * dead connection is silent like a quiet one.
 */
export class ChangeSignals {
  static readonly #instances = new WeakMap<SignalApi, ChangeSignals>();
  static readonly #without = new ChangeSignals(undefined);

  /** The one for an app; without signals it reloads only what comes back into view. */
  static of(signals: SignalApi | undefined): ChangeSignals {
    if (!signals) {
      return this.#without;
    }
    let instance = this.#instances.get(signals);
    if (!instance) {
      instance = new ChangeSignals(signals);
      this.#instances.set(signals, instance);
    }
    return instance;
  }

  readonly #watchers = new Set<Watcher>();
  readonly #listeners = new Set<() => void>();
  /** One reload of a key at a time: answers to a crowd of them would come in any order, and the last one counts. */
  readonly #reloads = new Turns<string>(RELOAD_PAUSE_MILLISECONDS);
  #subscription: SignalSubscriber | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #isLive = false;
  /** Whether no signal came for longer than they take. */
  #isSilent = false;
  #isWatching = false;

  constructor(private readonly signals: SignalApi | undefined) {}

  /** Reloads a watcher when it gets old. Returns what ends it. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    clearTimeout(this.#linger);
    if (!this.#isWatching) {
      this.#isWatching = true;
      document.addEventListener('visibilitychange', this.#onVisibility);
      this.#listen();
    }
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) {
        this.#linger = setTimeout(() => this.#leave(), LINGER_MILLISECONDS);
      }
    };
  }

  /** Whether changes arrive by themselves. */
  isLive = (): boolean => this.#isLive;

  /** Tells when `isLive` is another. Returns what ends it. */
  onLive = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #leave(): void {
    this.#isWatching = false;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#stopListening();
  }

  #onVisibility = (): void => {
    if (document.hidden) {
      this.#stopListening();
    } else {
      this.#listen();
      this.#reloadAll();
    }
  };

  #listen(): void {
    if (!this.signals || this.#subscription || document.hidden) {
      return;
    }
    this.#subscription = this.signals.subscribe(
      CHANGE_SIGNAL_CHANNEL,
      message => this.#onSignal(message as unknown as ChangeSignal),
    );
    this.#expectPulse();
  }

  #stopListening(): void {
    clearTimeout(this.#silence);
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#setLive(false);
  }

  #expectPulse(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      // A new subscription opens a new socket when nobody else uses the old one.
      this.#stopListening();
      this.#listen();
      // Whether the backend is away, or only the socket, is known at once.
      if (!this.#isSilent) this.#reloadAll();
      this.#isSilent = true;
    }, SILENCE_MILLISECONDS);
  }

  #onSignal(signal: ChangeSignal): void {
    this.#expectPulse();
    this.#isSilent = false;
    if (!this.#isLive) {
      this.#setLive(true);
      // What changed before the socket stood was not heard.
      this.#reloadAll();
      return;
    }
    this.#reload(watcher => watcher.concerns(signal));
  }

  #setLive(isLive: boolean): void {
    if (this.#isLive !== isLive) {
      this.#isLive = isLive;
      this.#listeners.forEach(listener => listener());
    }
  }

  #reloadAll(): void {
    this.#reload(() => true);
  }

  #reload(isOld: (watcher: Watcher) => boolean): void {
    const old = new Set(
      [...this.#watchers].filter(isOld).map(({ key }) => key),
    );
    old.forEach(key =>
      this.#reloads
        .ask(key, () => this.#reloadNow(key))
        // Why a reload failed is the query's to tell.
        .catch(() => {}),
    );
  }

  /** What is shown of a key when its turn comes; what nobody sees any more catches up later. */
  async #reloadNow(key: string): Promise<void> {
    if (document.hidden) return;
    await [...this.#watchers]
      .findLast(watcher => watcher.key === key)
      ?.reload();
  }
}
