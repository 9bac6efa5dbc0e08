import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { useMemo, useRef } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import { useWidth } from '../../ui/useWidth';
import { COMPACT, FULL, isCrowded, layoutOf, type Place } from './layout';
import styles from './Topology.module.css';
import { TopologyBox, type BoxState } from './TopologyBox';
import type { Topology as TopologyModel, TopologyGroup } from './topology';
import { useTopologyWords } from './useTopologyWords';

/** Wide enough for everything before the real width is known. */
const WIDTH_BEFORE_MEASURED = 760;

const placed = ({ x, y, width, height }: Place) => ({
  insetInlineStart: x,
  insetBlockStart: y,
  inlineSize: width,
  blockSize: height,
});

/**
 * An environment as layers from the Internet down to its data, with lines that carry ports.
 * With `onSelect` every box is a button. Screen readers get the boxes in order and the lines as a list.
 */
export function Topology(props: {
  /** Name of the environment, for the label. */
  name: string;
  topology: TopologyModel;
  /** What is known about a box now, by its key, such as `web-1` or `load-balancer`. */
  states?: Readonly<Record<string, BoxState>>;
  /** `compact` stands beside a form: small boxes without states and figures. */
  variant?: 'full' | 'compact';
  /** Key of the box whose details are open. */
  selected?: string;
  onSelect?: (key: string) => void;
}) {
  const { name, topology, states = {}, selected, onSelect } = props;
  const { variant = 'full' } = props;
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const words = useTopologyWords();
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container) ?? WIDTH_BEFORE_MEASURED;
  const measures = variant === 'compact' ? COMPACT : FULL;
  const layout = useMemo(
    () => layoutOf(topology, width, measures),
    [topology, width, measures],
  );
  const box = (item: (typeof topology)['entry'][number], isSquare = false) => (
    <TopologyBox
      key={item.key}
      box={item}
      place={layout.boxes[item.key]}
      variant={isSquare ? 'square' : variant}
      state={states[item.key]}
      isSelected={selected === item.key}
      onSelect={onSelect}
    />
  );
  return (
    <div
      ref={container}
      role="group"
      aria-label={t('topology.label', { name })}
      className={styles.topology}
      data-variant={variant}
      style={{ blockSize: layout.height }}
    >
      <div
        className={styles.network}
        style={placed(layout.network)}
        aria-hidden="true"
      >
        <span className={styles.heading}>
          {t('topology.network', { range: topology.ipRange })}
        </span>
      </div>
      {topology.groups.map(group => (
        <GroupFrame
          key={group.key}
          group={group}
          place={layout.groups[group.key]}
        />
      ))}
      <svg
        className={styles.lines}
        width={layout.width}
        height={layout.height}
        aria-hidden="true"
      >
        {layout.edges.map(({ key, path }) => (
          <path key={key} d={path} className={styles.line} />
        ))}
      </svg>
      {layout.edges.map(({ key, port, label }) => (
        <span
          key={key}
          className={styles.port}
          style={{ insetInlineStart: label.x, insetBlockStart: label.y }}
          aria-hidden="true"
        >
          {port}
        </span>
      ))}
      {topology.entry.map(item => box(item))}
      {topology.groups.flatMap(group =>
        group.servers.map(server => box(server, isCrowded(group, measures))),
      )}
      {topology.data.map(item => box(item))}
      <VisuallyHidden>
        <p>{t('topology.network', { range: topology.ipRange })}</p>
        <ul aria-label={t('topology.connections')}>
          {topology.edges.map(({ from, to, port }) => (
            <li key={`${from} ${to}`}>
              {t('topology.connection', {
                from: words.ofKey(topology, from),
                to: words.ofKey(topology, to),
                port: String(port),
              })}
            </li>
          ))}
        </ul>
      </VisuallyHidden>
    </div>
  );
}

/** The frame around servers that belong together, with their type and how many there may be. */
function GroupFrame(props: { group: TopologyGroup; place: Place }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const words = useTopologyWords();
  const { group, place } = props;
  const { servers, max } = group;
  return (
    <div className={styles.group} style={placed(place)}>
      <span className={styles.heading}>
        <span className={styles.groupName}>
          <strong>{words.ofGroup(group)}</strong>
          {group.serverType && ` ${group.serverType}`}
        </span>
        {max > servers.length && servers.length > 0 && (
          <span className={styles.more}>
            {t('topology.more', { max: String(max) })}
          </span>
        )}
      </span>
      {servers.length === 0 && (
        <span className={styles.noServers}>
          {max > 0
            ? t('topology.range', { min: String(group.min), max: String(max) })
            : t('topology.noServers')}
        </span>
      )}
    </div>
  );
}
