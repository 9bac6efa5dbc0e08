/** A program that the sandbox runs and that no package registry of npm has. */
export interface Program {
  /** Name of its file. */
  name: string;
  version: string;
  /** Arguments that make it print its version. */
  versionArguments: readonly string[];
  /** The official release; absent where there is none for this machine. */
  release?: (
    | {
        /** Address of an archive that `tar` unpacks. */
        archive: string;
      }
    | {
        /** Address of the program itself. */
        binary: string;
      }
  ) &
    (
      | {
          /**
           * Address of lines `<sha256>  <file>`, as `sha256sum` writes them, or of
           * the one sum alone.
           */
          checksums: string;
        }
      | {
          /** Its SHA-256, where the sums lie beside it and change with it. */
          sha256: string;
        }
    );
  /** How it is built from Go modules. */
  build: {
    /** Folder with a go.mod that pins everything. */
    modules: string;
    /** Path of its package. */
    package: string;
    /** Flags for the linker: what names the version. */
    linkerFlags: string;
  };
}
