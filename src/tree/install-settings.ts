/** Where and how Spack's configuration says to install: the tree's root, its projections, permissions. */
export interface InstallSettings {
  /** Of the install tree, absolute, its padding included. */
  readonly root: string;
  /** Without the padding: `bin/sbang` is below it. */
  readonly unpaddedRoot: string;
  /** Where a spec goes, in the order in which they are tried; the last one is for all specs. */
  readonly projections: readonly Projection[];
  readonly permissions: PermissionSettings;
  /** What a person may want to know, one sentence each. */
  readonly notes: readonly string[];
}

export interface Projection {
  /** Undefined for `all`. */
  readonly when: string | undefined;
  /** A path below the root in Spack's format language. */
  readonly path: string;
}

/** The `permissions` of packages, by package name and `all`. */
export interface PermissionSettings {
  readonly byPackage: ReadonlyMap<string, PackagePermissions>;
  /** `config:allow_sgid` */
  readonly allowSetgid: boolean;
}

export interface PackagePermissions {
  readonly read: Who | undefined;
  readonly write: Who | undefined;
  /** A group's name or number. */
  readonly group: string | undefined;
}

export type Who = 'user' | 'group' | 'world';
