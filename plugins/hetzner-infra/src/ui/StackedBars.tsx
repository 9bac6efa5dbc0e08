import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './StackedBars.module.css';
import { stackedBarsLayout, type BarSeries } from './stackedBarsLayout';

const HEIGHT = 220;

/** Series beyond this many share the last colour; the legend still tells them apart. */
const COLOURS = 6;

/**
 * Columns of stacked values over days. The value under the pointer, or chosen with the arrow
 * keys, stands in the legend, so nothing covers the picture. Whoever cannot see it gets the
 * same by a slider over the columns; the page owes a table besides.
 */
export function StackedBars(props: {
  label: string;
  /** Column names, such as days; `full` is read out, `short` stands below where there is room. */
  columns: readonly { full: string; short: string }[];
  series: readonly BarSeries[];
  /** Sum of each series over all columns, as text: shown while no column is chosen. */
  totals: { label: string; values: readonly string[]; sum: string };
  format: (value: number) => string;
  formatTick: (value: number) => string;
}) {
  const { label, columns, series, totals, format } = props;
  const [active, setActive] = useState<number>();
  const plot = useRef<HTMLDivElement>(null);
  const layout = stackedBarsLayout(series, columns.length);
  const last = columns.length - 1;
  const sumOf = (column: number) =>
    series.reduce((sum, { values }) => sum + (values[column] ?? 0), 0);

  const follow = ({ clientX }: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const column = Math.floor(
      ((clientX - box.left) / box.width) * columns.length,
    );
    setActive(Math.min(last, Math.max(0, column)));
  };
  const move = (event: KeyboardEvent) => {
    const current = active ?? last;
    const next = {
      ArrowRight: active === undefined ? last : current + 1,
      ArrowLeft: active === undefined ? last : current - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape') setActive(undefined);
    if (next === undefined) return;
    event.preventDefault();
    setActive(Math.min(last, Math.max(0, next)));
  };
  const shown = active ?? last;

  return (
    <figure className={styles.figure}>
      <div className={styles.chart}>
        <div className={styles.ticks} aria-hidden="true">
          {layout.ticks.map(({ value, at }) => (
            <span key={at} style={{ insetBlockEnd: `${at * 100}%` }}>
              {props.formatTick(value)}
            </span>
          ))}
        </div>
        <div
          ref={plot}
          className={styles.plot}
          style={{ blockSize: HEIGHT }}
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={1}
          aria-valuemax={columns.length}
          aria-valuenow={shown + 1}
          aria-valuetext={`${columns[shown]?.full}: ${format(sumOf(shown))}`}
          onPointerMove={follow}
          onPointerDown={follow}
          onPointerLeave={() => setActive(undefined)}
          onKeyDown={move}
          onBlur={() => setActive(undefined)}
        >
          <svg
            viewBox={`0 0 ${columns.length} 1`}
            preserveAspectRatio="none"
            className={styles.bars}
            aria-hidden="true"
          >
            {layout.ticks.map(({ at }) => (
              <line
                key={at}
                x1={0}
                x2={columns.length}
                y1={1 - at}
                y2={1 - at}
                className={styles.tickLine}
              />
            ))}
            {layout.columns.map((pieces, column) => (
              <g
                key={columns[column].full}
                data-faded={active !== undefined && active !== column}
              >
                {pieces.map(({ series: of, from, to }) => (
                  <rect
                    key={of}
                    x={column + 0.14}
                    width={0.72}
                    y={1 - to}
                    height={to - from}
                    data-series={colourOf(of)}
                  />
                ))}
              </g>
            ))}
          </svg>
        </div>
        <div className={styles.names} aria-hidden="true">
          {columns.map(({ full, short }, column) => (
            <span key={full} data-active={column === active}>
              {short}
            </span>
          ))}
        </div>
      </div>
      <figcaption className={styles.legend}>
        <div className={styles.chosen}>
          <strong>
            {active === undefined ? totals.label : columns[active].full}
          </strong>
          <strong className={styles.value}>
            {active === undefined ? totals.sum : format(sumOf(active))}
          </strong>
        </div>
        <ul>
          {[...series.entries()].reverse().map(([index, line]) => (
            <li key={line.key}>
              <span className={styles.swatch} data-series={colourOf(index)} />
              <span className={styles.name}>{line.label}</span>
              <span className={styles.value}>
                {active === undefined
                  ? totals.values[index]
                  : format(line.values[active] ?? 0)}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function colourOf(series: number): number {
  return Math.min(series + 1, COLOURS);
}
