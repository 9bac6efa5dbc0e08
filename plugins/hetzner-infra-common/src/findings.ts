import type { WarningCode } from './codes';
import {
  documentProblem,
  type DocumentProblem,
  type ProblemCode,
} from './problems';
import type { ServerTypeChoices } from './serverTypes';

/** Something a person should know, and what in the document it is about. */
export interface BlueprintWarning {
  code: WarningCode;
  path: string;
  message: string;
  /** What stands in the message. */
  params: Record<string, string>;
}

/** Collects what is found while the graph is drawn, so that a person sees all of it at once. */
export class Findings {
  readonly problems: DocumentProblem[] = [];
  readonly warnings: BlueprintWarning[] = [];
  readonly choices: ServerTypeChoices = {};

  problem(
    path: string,
    code: ProblemCode,
    params?: Record<string, string | number>,
  ) {
    this.problems.push(documentProblem(path, code, params));
  }

  warn(
    code: WarningCode,
    path: string,
    message: string,
    params: Record<string, string> = {},
  ) {
    this.warnings.push({ code, path, message, params });
  }
}
