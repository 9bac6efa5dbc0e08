import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import type { Topology, TopologyBox, TopologyGroup } from './topology';

const MODES = ['self-hosted', 'neon', 'upstash', 'external'] as const;

/** What the things on the drawing are called in the reader's language. */
export function useTopologyWords() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return useMemo(() => {
    const ofBox = ({ name, kind }: TopologyBox) =>
      name ?? t(`topology.kind.${kind}`);
    const ofGroup = ({ pool }: TopologyGroup) =>
      pool === undefined
        ? t('topology.controlPlane')
        : t('topology.pool', { name: pool });
    return {
      ofBox,
      ofGroup,
      /** How a data service is run, or the box's fact as it stands. */
      fact: ({ fact }: TopologyBox) => {
        const mode = MODES.find(known => known === fact);
        return mode ? t(`topology.mode.${mode}`) : fact;
      },
      /** The name of a box or group by its key. */
      ofKey: ({ entry, groups, data }: Topology, key: string) => {
        const group = groups.find(item => item.key === key);
        const box = [...entry, ...data].find(item => item.key === key);
        if (group) return ofGroup(group);
        return box ? ofBox(box) : key;
      },
      notBuilt: t('topology.notBuilt'),
    };
  }, [t]);
}
