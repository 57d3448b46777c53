/** The Go structs that `docker volume inspect --format` sees a volume as (see container-types.ts for the notation). */
export function volumeTypes(): { readonly [struct: string]: string } {
  return {
    Volume: `ClusterVolume:*ClusterVolume CreatedAt:string Driver:string Labels:map:string Mountpoint:string Name:string
      Options:map:string Scope:string Status:map:any UsageData:*UsageData`,
    ClusterVolume: '',
    UsageData: 'RefCount:int Size:int',
  };
}
