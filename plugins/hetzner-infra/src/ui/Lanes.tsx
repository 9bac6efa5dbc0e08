import type { RemixiconComponentType } from '@remixicon/react';
import type { CSSProperties } from 'react';
import { formatDuration } from './format';
import styles from './Lanes.module.css';
import {
  labelPlace,
  type Axis,
  type LabelPlace,
  type Lane,
  type LaneBar,
} from './lanesLayout';
import type { StatusTone } from './StatusBadge';

/** From so many rows on they are drawn smaller. */
const CROWDED_ROWS = 30;

/** A bar and how it is shown. */
export interface ShownBar extends LaneBar {
  /** Up to here it is drawn full; from here to its end it is what is expected. Seconds. */
  doneUntil: number;
  tone: StatusTone;
  icon: RemixiconComponentType;
  /** Short name that stands beside the bar. */
  name: string;
  /** What the bar's length says, such as `34 s`. */
  caption?: string;
  /** All of it in words, for who does not see the bar. */
  words: string;
}

/**
 * What happened in parallel, on a time axis. Lanes, rows and bars are nested
 * lists of buttons, so that keyboard and screen readers get the same content.
 */
export function Lanes(props: {
  label: string;
  lanes: readonly (Lane<ShownBar> & { title: string })[];
  axis: Axis;
  /** Where the present is on the axis, in seconds; absent when all is over. */
  now?: number;
  /** The bar that is open elsewhere. */
  selected?: string;
  onOpen: (id: string) => void;
}) {
  const { lanes, axis, now } = props;
  const rows = lanes.reduce((sum, lane) => sum + lane.rows.length, 0);
  const share = (seconds: number) => `${(seconds / axis.span) * 100}%`;
  return (
    <div
      className={styles.chart}
      data-density={rows > CROWDED_ROWS ? 'compact' : 'normal'}
    >
      <div className={styles.plot} aria-hidden="true">
        {axis.ticks.map(tick => (
          <span
            key={tick}
            className={styles.tick}
            style={{ insetInlineStart: share(tick) }}
          >
            <span className={styles.tickLabel}>{tickLabel(tick)}</span>
          </span>
        ))}
        {now !== undefined && (
          <span
            className={styles.now}
            style={{ insetInlineStart: share(Math.min(now, axis.span)) }}
          />
        )}
      </div>
      <ul className={styles.lanes} aria-label={props.label}>
        {lanes.map(lane => (
          <li key={lane.id} className={styles.lane}>
            <span className={styles.title}>{lane.title}</span>
            <ul className={styles.rows} aria-label={lane.title}>
              {lane.rows.map(row => (
                <li key={row[0].id} className={styles.row}>
                  {row.map((bar, index) => (
                    <Bar
                      key={bar.id}
                      bar={bar}
                      span={axis.span}
                      place={labelPlace(row, index, axis.span)}
                      isSelected={bar.id === props.selected}
                      onOpen={props.onOpen}
                    />
                  ))}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Bar(props: {
  bar: ShownBar;
  span: number;
  place: LabelPlace;
  isSelected: boolean;
  onOpen: (id: string) => void;
}) {
  const { bar, span, place } = props;
  const { icon: Icon } = bar;
  // Who steers by voice says what stands there, so the name begins with it.
  const label = bar.caption ? `${bar.name} ${bar.caption}` : bar.name;
  const percent = (seconds: number) => (seconds / span) * 100;
  const done = Math.max(0, bar.doneUntil - bar.start);
  const expected = Math.max(0, bar.end - Math.max(bar.doneUntil, bar.start));
  return (
    <button
      type="button"
      className={styles.bar}
      data-place={place}
      data-tone={bar.tone}
      data-selected={props.isSelected || undefined}
      aria-label={`${label}. ${bar.words}`}
      title={bar.words}
      style={
        {
          '--start': percent(bar.start),
          '--end': percent(bar.end),
          '--done': percent(done),
          '--expected': percent(expected),
        } as CSSProperties
      }
      onClick={() => props.onOpen(bar.id)}
    >
      <span className={styles.pieces}>
        {done > 0 && <span className={styles.done} />}
        {expected > 0 && <span className={styles.expected} />}
        {done === 0 && expected === 0 && <span className={styles.moment} />}
      </span>
      {place !== 'none' && (
        <span className={styles.label}>
          <Icon size={14} aria-hidden="true" className={styles.icon} />
          <span className={styles.name}>{bar.name}</span>{' '}
          {bar.caption && <span className={styles.caption}>{bar.caption}</span>}
        </span>
      )}
    </button>
  );
}

/** `1 m` rather than `1 m 0 s`. */
function tickLabel(seconds: number): string {
  return seconds === 0
    ? '0'
    : formatDuration(seconds * 1000).replace(/ 0 [ms]$/, '');
}
