import {
  RiArchiveLine,
  RiCloudLine,
  RiDatabase2Line,
  RiFlashlightLine,
  RiGlobalLine,
  RiNodeTree,
  RiServerLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import type { Status } from '../../ui/StatusBadge';
import type { Place } from './layout';
import styles from './TopologyBox.module.css';
import type {
  TopologyBox as TopologyBoxModel,
  TopologyBoxKind,
} from './topology';
import { useTopologyWords } from './useTopologyWords';

/** What is known about a box now. */
export interface BoxState {
  status?: Status;
  /** The two most telling ones, each with what it measures: `{ label: 'CPU', value: '42 %' }`. */
  figures?: readonly { label: string; value: string }[];
}

const ICONS: Readonly<Record<TopologyBoxKind, RemixiconComponentType>> = {
  internet: RiGlobalLine,
  cloudflare: RiCloudLine,
  'load-balancer': RiNodeTree,
  server: RiServerLine,
  postgres: RiDatabase2Line,
  redis: RiFlashlightLine,
  'object-storage': RiArchiveLine,
};

/** How many figures a box has room for. */
const FIGURES = 2;

/** One box: name, state in icon, word and colour, and at most two figures. A square is a box of a crowded group. */
export function TopologyBox(props: {
  box: TopologyBoxModel;
  place: Place;
  variant: 'full' | 'compact' | 'square';
  state?: BoxState;
  isSelected: boolean;
  onSelect?: (key: string) => void;
}) {
  const { box, place, variant, state = {}, isSelected, onSelect } = props;
  const words = useTopologyWords();
  const name = words.ofBox(box);
  const fact = words.fact(box);
  const { status } = state;
  const figures = (state.figures ?? []).slice(0, FIGURES);
  const attributes = {
    className: styles.box,
    'data-variant': variant,
    'data-kind': box.kind,
    'data-tone': status?.tone,
    'data-planned': !box.isBuilt || undefined,
    title: [name, fact, status?.word, !box.isBuilt && words.notBuilt]
      .filter(Boolean)
      .join(' · '),
    style: {
      transform: `translate(${place.x}px, ${place.y}px)`,
      inlineSize: place.width,
      blockSize: place.height,
    },
  };
  // The heading of the group says a server's type, and a small box has no room to repeat it.
  const isTypeInHeading = variant === 'compact' && box.kind === 'server';
  const KindIcon = ICONS[box.kind];
  const Icon = variant === 'square' && status ? status.icon : KindIcon;
  const content =
    variant === 'square' ? (
      <>
        <Icon size={14} aria-hidden="true" />
        <VisuallyHidden>
          {name} {status?.word}
        </VisuallyHidden>
      </>
    ) : (
      <>
        <span className={styles.name}>
          <KindIcon size={16} aria-hidden="true" />
          <span className={styles.ellipsis}>{name}</span>
        </span>
        {status ? (
          <span className={styles.status}>
            <status.icon size={14} aria-hidden="true" />
            <span className={styles.ellipsis}>{status.word}</span>
          </span>
        ) : (
          fact &&
          !isTypeInHeading && <span className={styles.fact}>{fact}</span>
        )}
        {figures.length > 0 && (
          <span className={styles.figures}>
            {figures.map(({ label, value }) => (
              <span key={label} className={styles.figure} title={label}>
                <VisuallyHidden>{label}: </VisuallyHidden>
                {value}
              </span>
            ))}
          </span>
        )}
        {!box.isBuilt && <VisuallyHidden>{words.notBuilt}</VisuallyHidden>}
      </>
    );
  return onSelect ? (
    <button
      type="button"
      {...attributes}
      aria-pressed={isSelected}
      onClick={() => onSelect(box.key)}
    >
      {content}
    </button>
  ) : (
    <div {...attributes}>{content}</div>
  );
}
