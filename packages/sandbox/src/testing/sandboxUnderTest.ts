import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import type { ActionAnswer } from '../hetzner/actions/action';
import { Judge, readJudge } from '../judge/judge';
import { Sandbox, SandboxOptions, startSandbox } from '../sandbox';
import type { settingsChange } from '../settings';
import { descriptionFile, overlayFile } from './description';

/** An answer of the sandbox. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests reach into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** A sandbox of its own for a test, with the official description as its judge. */
export interface SandboxUnderTest {
  url: string;
  folder: string;
  judge: Judge | undefined;
  /** Sends a request to the Hetzner Cloud API. */
  api(route: string, body?: unknown, token?: string): Promise<Answer>;
  /** Like `api`, and fails the test unless the answer says that it worked. */
  ok(route: string, body?: unknown, token?: string): Promise<Answer['body']>;
  /** Like `api`, and gives the error code instead; fails the test when there is none. */
  refusal(route: string, body?: unknown, token?: string): Promise<string>;
  /** Waits for every action in an answer; fails the test when one does not succeed. */
  settled(answer: Answer['body'], token?: string): Promise<void>;
  /** `ok` and then `settled`. */
  done(route: string, body?: unknown, token?: string): Promise<Answer['body']>;
  control(route: string, body?: unknown): Promise<Answer>;
  /** Ends the sandbox and starts it anew on the same state. */
  restart(): Promise<void>;
  /** What the judge found wrong in the sandbox's answers. */
  wrongAnswers(): Judge['violations'];
  close(): Promise<void>;
}

async function send(
  base: string,
  route: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  const [method, target] = route.split(' ');
  const response = await fetch(`${base}${target}`, {
    method,
    headers:
      body === undefined
        ? headers
        : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Every action in an answer. */
function actionsIn(answer: Answer['body']): ActionAnswer[] {
  return [
    answer?.action,
    ...(answer?.actions ?? []),
    ...(answer?.next_actions ?? []),
  ].filter(Boolean);
}

/** One for all sandboxes of a test file, because compiling its schemas takes time. */
const sharedJudge: Promise<Judge | undefined> = descriptionFile
  ? readJudge(descriptionFile, overlayFile)
  : Promise.resolve(undefined);

/** Starts a sandbox on a free port with an empty state, a thousand times as fast as the cloud. */
export async function startSandboxUnderTest(
  settings: z.infer<typeof settingsChange> = {},
  options: Pick<SandboxOptions, 'machines'> = {},
): Promise<SandboxUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-test-'));
  const judge = await sharedJudge;
  judge?.clear();
  const start = () =>
    startSandbox({
      ...options,
      host: '127.0.0.1',
      port: 0,
      state: folder,
      settings: { speed: 1000, ...settings },
      judge,
    });
  let sandbox: Sandbox = await start();
  const api = (route: string, body?: unknown, token = 'test') =>
    send(
      `${sandbox.url}/hetzner/v1`,
      route,
      { authorization: `Bearer ${token}` },
      body,
    );

  const self: SandboxUnderTest = {
    get url() {
      return sandbox.url;
    },
    folder,
    judge,
    api,
    async ok(route, body, token) {
      const answer = await api(route, body, token);
      if (answer.status >= 300) {
        throw new Error(
          `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
        );
      }
      return answer.body;
    },
    async refusal(route, body, token) {
      const answer = await api(route, body, token);
      if (answer.status < 400) {
        throw new Error(
          `${route} was to be refused but answered ${answer.status}`,
        );
      }
      return `${answer.status} ${answer.body.error.code}`;
    },
    async settled(answer, token) {
      for (const { id } of actionsIn(answer)) {
        for (;;) {
          const { action } = await self.ok(
            `GET /actions/${id}`,
            undefined,
            token,
          );
          if (action.status === 'success') break;
          if (action.status === 'error') {
            throw new Error(
              `Action ${action.command} failed: ${JSON.stringify(
                action.error,
              )}`,
            );
          }
        }
      }
    },
    async done(route, body, token) {
      const answer = await self.ok(route, body, token);
      await self.settled(answer, token);
      return answer;
    },
    control: (route, body) => send(`${sandbox.url}/control`, route, {}, body),
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
    wrongAnswers: () =>
      (judge?.violations ?? []).filter(({ where }) => where === 'response'),
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return self;
}
