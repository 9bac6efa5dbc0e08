import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import {
  environmentSchema,
  type Environment,
  type Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import { Drawer } from '../../ui/Drawer';
import { useSearchParam } from '../../ui/useSearchParam';
import { ResourceDetails } from '../Resource/ResourceDetails';
import { useResourceStatus } from '../Resource/ResourceState';
import { useKnownTexts } from '../../words/useKnownTexts';
import { Topology } from '../Topology/Topology';
import { boxKeyOf, serversOfResources, topologyOf } from '../Topology/topology';
import { useTopologyWords } from '../Topology/useTopologyWords';
import { boxStates } from './boxStates';

const HEIGHT = 420;

/** The environment as it stands, live. A box opens a drawer with all that is known about it, by the address. */
export function LiveTopology(props: {
  environment: Environment;
  /** Undefined until they are read. */
  resources: readonly Resource[] | undefined;
  /** Whether they could not be read, so that only what is wanted can be drawn. */
  isUnknown: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environment, resources, isUnknown } = props;
  const [selected, select] = useSearchParam('box');
  const statusOf = useResourceStatus();
  const textOf = useKnownTexts();
  // The same object while nothing changed, so that nothing is drawn anew.
  const text = JSON.stringify(environment.document);
  const document = useMemo(
    () => environmentSchema.safeParse(JSON.parse(text)),
    [text],
  );
  const topology = useMemo(
    () =>
      document.success
        ? topologyOf(document.data, serversOfResources(resources ?? []))
        : undefined,
    [document, resources],
  );
  if (!topology) {
    return <Text color="secondary">{t('environment.otherVersion')}</Text>;
  }
  if (!resources && !isUnknown)
    return <Skeleton width="100%" height={HEIGHT} />;
  return (
    <>
      <Topology
        name={environment.name}
        topology={topology}
        states={boxStates(resources ?? [], {
          statusOf,
          healthy: ({ healthy, total }) =>
            t('environment.healthy', {
              targets: textOf('someOf', {
                some: String(healthy),
                all: String(total),
              })!,
            }),
        })}
        selected={selected}
        onSelect={select}
      />
      <BoxDrawer
        topology={topology}
        boxKey={selected}
        resources={resources ?? []}
        onClose={() => select(undefined)}
      />
    </>
  );
}

function BoxDrawer(props: {
  topology: ReturnType<typeof topologyOf>;
  boxKey: string | undefined;
  resources: readonly Resource[];
  onClose: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const words = useTopologyWords();
  const { topology, boxKey, resources } = props;
  const box = [
    ...topology.entry,
    ...topology.groups.flatMap(({ servers }) => servers),
    ...topology.data,
  ].find(({ key }) => key === boxKey);
  const resource = resources.find(found => boxKeyOf(found) === boxKey);
  return (
    <Drawer
      isOpen={box !== undefined}
      onClose={props.onClose}
      title={box ? words.ofBox(box) : ''}
    >
      {resource ? (
        <ResourceDetails resource={resource} />
      ) : (
        box && (
          <Text as="p">
            {words.fact(box)} {!box.isBuilt && `${words.notBuilt}.`}
            {box.kind === 'internet' && t('environment.internet')}
          </Text>
        )
      )}
    </Drawer>
  );
}
