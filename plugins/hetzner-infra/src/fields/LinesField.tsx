import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text, TextAreaField } from '@backstage/ui';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useId, useState } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './fields.module.css';
import { frameOf } from './frame';

const ROWS = 3;

/** A list of short texts, one a line: quicker to paste than one input each. */
export function LinesField(props: FieldExtensionComponentProps<string[]>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const descriptionId = useId();
  const { formData = [], onChange } = props;
  const frame = frameOf(props);
  // What is typed keeps its empty lines; the value has none.
  const [typed, setTyped] = useState(formData.join('\n'));
  const isSame = linesOf(typed).join('\n') === formData.join('\n');
  return (
    <div>
      <TextAreaField
        className={styles.lines}
        label={frame.label}
        rows={ROWS}
        isDisabled={frame.isDisabled}
        isInvalid={frame.isInvalid}
        validationBehavior="aria"
        aria-describedby={[descriptionId, frame.isInvalid && frame.errorId]
          .filter(Boolean)
          .join(' ')}
        value={isSame ? typed : formData.join('\n')}
        onChange={text => {
          setTyped(text);
          onChange(linesOf(text));
        }}
      />
      <Text
        as="p"
        id={descriptionId}
        variant="body-small"
        color="secondary"
        className={styles.description}
      >
        {frame.description} {t('fields.oneALine')}
      </Text>
    </div>
  );
}

/** Each line once: twice says no more, and is no mistake worth a message. */
function linesOf(text: string): string[] {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  return [...new Set(lines)];
}

export const linesField = createFormField({
  name: 'HetznerLines',
  component: LinesField,
  schema: makeFieldSchema({ output: z => z.array(z.string()) }),
});
