import type { Action } from './apiTypes';
import type {
  CallReport,
  CallScope,
  PendingCall,
  Priority,
} from './HetznerCloud';

/** The rules that hold for a call: those of all scopes around it, outermost first. */
export interface Scope {
  /** Whose turn it is in the rate budget. All scopes inside one share its turns. */
  share: object;
  priority: Priority;
  signals: readonly AbortSignal[];
  beforeCall: readonly ((call: PendingCall) => Promise<void>)[];
  onCall: readonly ((report: CallReport) => void)[];
  onAction: readonly ((action: Action) => void)[];
  onSlow: readonly ((until: Date) => void)[];
}

/** The scope of the connection itself. */
export function outermostScope(given: Omit<CallScope, 'signal'>): Scope {
  return {
    share: {},
    priority: given.priority ?? 'background',
    signals: [],
    beforeCall: given.beforeCall ? [given.beforeCall] : [],
    onCall: given.onCall ? [given.onCall] : [],
    onAction: given.onAction ? [given.onAction] : [],
    onSlow: given.onSlow ? [given.onSlow] : [],
  };
}

/** A scope inside another. The first one inside the connection's has a turn of its own. */
export function innerScope(
  outer: Scope,
  given: CallScope,
  outermost: Scope,
): Scope {
  return {
    share: outer.share === outermost.share ? {} : outer.share,
    priority: given.priority ?? outer.priority,
    signals: given.signal ? [...outer.signals, given.signal] : outer.signals,
    beforeCall: given.beforeCall
      ? [...outer.beforeCall, given.beforeCall]
      : outer.beforeCall,
    onCall: given.onCall ? [...outer.onCall, given.onCall] : outer.onCall,
    onAction: given.onAction
      ? [...outer.onAction, given.onAction]
      : outer.onAction,
    onSlow: given.onSlow ? [...outer.onSlow, given.onSlow] : outer.onSlow,
  };
}

/** One signal for all that can end a call; undefined if nothing can. */
export function anySignal(
  scope: Scope,
  own?: AbortSignal,
): AbortSignal | undefined {
  const signals = own ? [...scope.signals, own] : scope.signals;
  return signals.length > 1 ? AbortSignal.any([...signals]) : signals[0];
}
