import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

const docs = resolve(__dirname, '../../../../docs');

const onOneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

/** One alert of the rules file, its expression taken apart. */
export type AlertRule = {
  name: string;
  /** On one line. */
  expression: string;
  /** Names of the metrics that its expression reads. */
  metrics: string[];
  /** Labels by which it picks, with the metric that must have them. */
  labels: { metric: string; label: string }[];
  /** Where its annotation points in the guide. */
  runbook: string | undefined;
};

type RuleFile = {
  groups: {
    rules: {
      alert: string;
      expr: string;
      annotations: { runbook_url: string };
    }[];
  }[];
};

/**
 * The alerts and what the operations guide says about them.
 *
 * @throws Error that names an expression which is no PromQL
 */
export function readRules(): {
  alerts: AlertRule[];
  /** The expressions by the headings above them, and the names in the table. */
  guide: { sections: Map<string, string>; table: string[] };
} {
  const file: RuleFile = parse(
    readFileSync(resolve(docs, 'alerts/hetzner-infra.rules.yaml'), 'utf8'),
  );
  const guide = readFileSync(resolve(docs, 'operations-guide.md'), 'utf8');
  return {
    alerts: file.groups.flatMap(({ rules }) =>
      rules.map(({ alert, expr, annotations }) => ({
        name: alert,
        expression: onOneLine(expr),
        ...selectedIn(expr),
        runbook: annotations.runbook_url.match(
          /operations-guide\.md(#[a-z]+)$/,
        )?.[1],
      })),
    ),
    guide: {
      sections: new Map(
        [...guide.matchAll(/^### (\S+)\n\n```promql\n([^`]+)```$/gm)].map(
          ([, name, expression]) => [name, onOneLine(expression)],
        ),
      ),
      table: [...guide.matchAll(/^\| \[(\S+)\]\(#\S+\)/gm)].map(
        ([, name]) => name,
      ),
    },
  };
}

function selectedIn(expression: string): Pick<AlertRule, 'metrics' | 'labels'> {
  const metrics: string[] = [];
  const labels: AlertRule['labels'] = [];
  const textOf = ({ from, to }: { from: number; to: number }) =>
    expression.slice(from, to);
  parser.parse(expression).iterate({
    enter(reference) {
      if (reference.type.isError) {
        throw new Error(
          `No PromQL at ${reference.from}: ${JSON.stringify(expression)}`,
        );
      }
      if (reference.name === 'VectorSelector') {
        const node: SyntaxNode = reference.node;
        const metric = textOf(node.getChild('Identifier')!);
        metrics.push(metric);
        node.cursor().iterate(inner => {
          if (inner.name === 'LabelName') {
            labels.push({ metric, label: textOf(inner) });
          }
        });
      }
    },
  });
  return { metrics, labels };
}
