import { parse } from 'yaml';
import { z } from 'zod';
import { gunzip } from './userData';

/** A file that cloud-init writes. */
export interface BootFile {
  /** Absolute. */
  path: string;
  content: Buffer;
  mode: number;
  append: boolean;
}

/** What a server does at its first boot. */
export interface FirstBoot {
  files: BootFile[];
  /** Commands as a shell would read them, in their order. */
  commands: string[];
  /** What was not understood, in sentences. */
  problems: string[];
}

const encodings: Record<string, (content: Buffer) => Buffer> = {
  '': content => content,
  'text/plain': content => content,
  b64: content => Buffer.from(content.toString(), 'base64'),
  gz: gunzip,
};

/**
 * The decoding of an encoding's name. Source: cloud-init documentation, module
 * write_files, `encoding`.
 */
function decoder(encoding: string): ((content: Buffer) => Buffer) | undefined {
  const [first, second] = encoding
    .toLowerCase()
    .replace('base64', 'b64')
    .replace('gzip', 'gz')
    .split('+');
  if (first === 'gz' && second === 'b64') {
    return content => encodings.gz(encodings.b64(content));
  }
  return second === undefined ? encodings[first] : undefined;
}

const DEFAULT_MODE = 0o644;

const writtenFile = z.object({
  path: z.string().startsWith('/', 'must be absolute'),
  // YAML turns a short content such as "1" into a number.
  content: z.union([z.string(), z.number(), z.boolean()]).default(''),
  encoding: z.string().default(''),
  // YAML 1.1 reads 0644 as an octal number, as cloud-init does.
  permissions: z.union([z.string(), z.number()]).optional(),
  append: z.boolean().default(false),
});

const command = z.union([
  z.string(),
  z.array(z.union([z.string(), z.number()])),
]);

const config = z.looseObject({
  write_files: z.array(z.unknown()).nullish(),
  bootcmd: z.array(command).nullish(),
  runcmd: z.array(command.nullable()).nullish(),
});

const quoted = (word: string | number) =>
  /^[\w@%+=:,./-]+$/.test(String(word))
    ? String(word)
    : `'${String(word).replace(/'/g, `'\\''`)}'`;

const commandText = (entry: z.infer<typeof command>) =>
  typeof entry === 'string' ? entry : entry.map(quoted).join(' ');

function modeOf(permissions: string | number | undefined): number | undefined {
  if (permissions === undefined) return DEFAULT_MODE;
  if (typeof permissions === 'number') return permissions;
  return /^(0o?)?[0-7]{3,4}$/.test(permissions)
    ? Number.parseInt(permissions.replace(/^0o/, ''), 8)
    : undefined;
}

function readFile(entry: unknown, index: number): BootFile | string {
  const where = `write_files[${index}]`;
  const parsed = writtenFile.safeParse(entry);
  if (!parsed.success) {
    return `${where} is not written: ${z.prettifyError(parsed.error)}`;
  }
  const { path, content, encoding, permissions, append } = parsed.data;
  const decode = decoder(encoding);
  if (!decode) return `${where} (${path}) has unknown encoding ${encoding}.`;
  const mode = modeOf(permissions);
  if (mode === undefined) {
    return `${where} (${path}) has permissions ${permissions}, which are no octal number.`;
  }
  try {
    const bytes = decode(Buffer.from(String(content), 'utf8'));
    return { path, content: bytes, mode, append };
  } catch (error) {
    return `${where} (${path}) cannot be decoded: ${(error as Error).message}`;
  }
}

const nothing = (...problems: string[]): FirstBoot => ({
  files: [],
  commands: [],
  problems,
});

/**
 * Reads user data as cloud-init would: a cloud-config, or a script, which is
 * one command. What cannot be read is told and left out, as cloud-init does.
 *
 * @param text - decoded user data
 */
export function readFirstBoot(text: string): FirstBoot {
  if (text.trim() === '') return nothing();
  if (text.startsWith('#!')) {
    return { files: [], commands: [text], problems: [] };
  }
  const firstLine = text.split('\n', 1)[0].trim();
  if (firstLine !== '#cloud-config') {
    return nothing(
      `User data that begins with "${firstLine.slice(
        0,
        40,
      )}" is neither a #cloud-config nor a script, and is not used.`,
    );
  }
  let content: unknown;
  try {
    content = parse(text, { version: '1.1', merge: true });
  } catch (error) {
    return nothing(`The cloud-config is no YAML: ${(error as Error).message}`);
  }
  const parsed = config.safeParse(content ?? {});
  if (!parsed.success) {
    return nothing(
      `The cloud-config is not used: ${z.prettifyError(parsed.error)}`,
    );
  }
  const files = (parsed.data.write_files ?? []).map(readFile);
  return {
    files: files.filter(file => typeof file !== 'string'),
    commands: [...(parsed.data.bootcmd ?? []), ...(parsed.data.runcmd ?? [])]
      .filter(entry => entry !== null)
      .map(commandText),
    problems: files.filter(file => typeof file === 'string'),
  };
}
