/**
 * The scaffolder's half of hetzner-infra: a module of the plugin `scaffolder`.
 * Discovery installs the default exports of a package's `.` and `./alpha`, so this entry carries
 * the second feature; the form field API that it is built on is alpha upstream as well.
 *
 * @packageDocumentation
 */
export { default } from './fields/scaffolderModule';
