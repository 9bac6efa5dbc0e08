import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  PasswordField,
  Select,
  TextField,
} from '@backstage/ui';
import type { Connection } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import type { InfraError } from '../../api/InfraError';
import { ErrorPanel, type Failure } from '../../ui/ErrorPanel';
import { useFailureInWords } from '../../words/useFailureInWords';
import { groupChoices, useGroups } from '../useGroups';
import { useOwnGroups } from '../useOwnGroups';
import { useSubmit } from '../../ui/useSubmit';
import {
  errorsByField,
  formOf,
  inputOf,
  KINDS,
  missingFields,
  REGIONS,
  SECRET_FIELDS,
  type ConnectionForm,
  type FieldErrors,
} from './connectionForm';
import styles from './ConnectionsPage.module.css';

/** From so many groups on they can be searched. */
const SEARCHABLE = 10;

/** The fields that are typed. */
type TextName = Exclude<keyof ConnectionForm, 'usableBy' | 'kind'>;

/** Adds a connection, or replaces what is stored of one. Secrets go in and never come out. */
export function EditConnection(props: {
  existing?: Connection;
  onSaved: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { existing, onSaved } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        variant={existing ? 'secondary' : 'primary'}
        aria-label={
          existing && t('connections.replaceNamed', { name: existing.name })
        }
      >
        {existing ? t('connections.replace') : t('connections.add')}
      </Button>
      <Dialog width={520}>
        {/* The form is made anew each time, so that no secret waits in a closed dialog. */}
        {isOpen && (
          <ConnectionDialog
            existing={existing}
            onSaved={() => {
              setOpen(false);
              onSaved();
            }}
          />
        )}
      </Dialog>
    </DialogTrigger>
  );
}

function ConnectionDialog(props: {
  existing?: Connection;
  onSaved: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const { onSaved } = props;
  // As it was when the dialog opened: the list behind it lives on.
  const [existing] = useState(props.existing);
  const ownGroups = useOwnGroups() ?? [];
  const [ownGroup = ''] = ownGroups;
  const all = useGroups(true) ?? [];
  const whyFailed = useFailureInWords();
  const [typed, setTyped] = useState<Partial<ConnectionForm>>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const form = { ...formOf(existing, ownGroup), ...typed };
  const save = useSubmit(async () => {
    const empty = missingFields(form, existing);
    setErrors(
      Object.fromEntries(
        empty.map(name => [name, t('connections.form.required')]),
      ),
    );
    if (empty.length > 0) return;
    try {
      await api.putConnection(form.name.trim(), inputOf(form, existing));
    } catch (error) {
      setErrors(errorsByField((error as InfraError).fields).errors);
      throw error;
    }
    onSaved();
  });
  const set = (change: Partial<ConnectionForm>) => {
    setTyped(current => ({ ...current, ...change }));
    setErrors(current => ({
      ...current,
      ...Object.fromEntries(Object.keys(change).map(name => [name, undefined])),
    }));
  };
  const frame = (name: Exclude<keyof ConnectionForm, 'kind'>) => ({
    label: t(`connections.form.${name}`),
    validationBehavior: 'aria' as const,
    validate: () => errors[name] ?? null,
    description: descriptionOf(name),
  });
  const field = (name: TextName) => ({
    ...frame(name),
    value: form[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  const known = new Set(all.map(({ entityRef }) => entityRef));
  // What is chosen stays to be seen even where the catalog does not know it.
  const unknown = [form.owner, ...form.usableBy].filter(
    entityRef => entityRef && !known.has(entityRef),
  );
  const groups = groupChoices([...ownGroups, ...unknown], all);
  const choice = (name: 'owner' | 'usableBy') => ({
    ...frame(name),
    options: groups,
  });
  const secret = (name: (typeof SECRET_FIELDS)[number]) => (
    <PasswordField
      {...field(name)}
      isRequired={!existing}
      autoComplete="new-password"
    />
  );
  const failure = save.error && withoutFields(save.error);

  return (
    <>
      <DialogHeader>
        {existing
          ? t('connections.replaceTitle', { name: existing.name })
          : t('connections.addTitle')}
      </DialogHeader>
      <DialogBody>
        <div className={styles.form}>
          {!existing && (
            <Select
              label={t('connections.form.kind')}
              options={KINDS.map(kind => ({
                value: kind,
                label: t(`connectionKind.${kind}`),
              }))}
              value={form.kind}
              onChange={kind =>
                kind !== null &&
                setTyped(current => ({
                  ...current,
                  kind: kind as ConnectionForm['kind'],
                }))
              }
            />
          )}
          {!existing && <TextField {...field('name')} isRequired />}
          <Select
            {...choice('owner')}
            search={groups.length > SEARCHABLE ? true : undefined}
            isRequired
            value={form.owner || null}
            onChange={key => key !== null && set({ owner: String(key) })}
          />
          <Select
            {...choice('usableBy')}
            search={groups.length > SEARCHABLE ? true : undefined}
            selectionMode="multiple"
            value={form.usableBy}
            onChange={keys => set({ usableBy: keys.map(String) })}
          />
          <TextField {...field('consoleProjectId')} inputMode="numeric" />
          {form.kind === 'hetzner' ? (
            <>
              <div className={styles.limits}>
                <TextField {...field('servers')} inputMode="numeric" />
                <TextField {...field('loadBalancers')} inputMode="numeric" />
              </div>
              {secret('token')}
              {secret('clusterToken')}
            </>
          ) : (
            <>
              <TextField {...field('region')} isRequired />
              <TextField {...field('endpoint')} inputMode="url" />
              <TextField {...field('checkBucket')} />
              {secret('accessKey')}
              {secret('secretKey')}
            </>
          )}
          {failure && (
            <ErrorPanel title={t('connections.saveFailed')} error={failure} />
          )}
        </div>
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button
          variant="primary"
          isPending={save.isPending}
          onPress={save.submit}
        >
          {existing
            ? t('connections.replaceConfirm', { name: existing.name })
            : t('connections.add')}
        </Button>
        <Button variant="secondary" slot="close">
          {t('connections.dismiss')}
        </Button>
      </DialogFooter>
    </>
  );

  /** What stands at the fields is not said twice. */
  function withoutFields(error: InfraError): Failure {
    if (error.fields.length === 0) return error;
    const { rest } = errorsByField(error.fields);
    return {
      message: [whyFailed(error), ...rest].join(' '),
      status: error.status,
      correlationId: error.correlationId,
    };
  }

  function descriptionOf(name: Exclude<keyof ConnectionForm, 'kind'>) {
    const isSecret = SECRET_FIELDS.some(secretName => secretName === name);
    if (isSecret && existing) return t('connections.form.keepSecret');
    if (name === 'region') {
      return t('connections.form.regionDescription', {
        regions: REGIONS.join(', '),
      });
    }
    return name === 'name' || name === 'owner'
      ? undefined
      : t(`connections.form.${name}Description`);
  }
}
