import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { hetznerInfraTranslationRef } from '../translation';

const SHOWN_MILLISECONDS = 2_000;

/** Copies a text, and says that it did. Absent where the browser has no clipboard, such as over plain HTTP. */
export function CopyButton(props: { text: string; label: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!navigator.clipboard) return null;
  return (
    <Button
      variant="secondary"
      size="small"
      iconStart={isCopied ? <RiCheckLine /> : <RiFileCopyLine />}
      onPress={() =>
        navigator.clipboard.writeText(props.text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      {isCopied ? t('copied') : props.label}
    </Button>
  );
}
