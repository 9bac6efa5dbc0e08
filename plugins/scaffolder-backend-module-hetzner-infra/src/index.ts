export { scaffolderModuleHetznerInfra as default } from './module';
