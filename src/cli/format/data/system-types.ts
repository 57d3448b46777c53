/**
 * The Go structs behind `docker version --format` and `docker info --format` (see container-types.ts for the notation),
 * as `{{printf "%+v" .}}` of the real client shows them.
 */
export function systemTypes(): { readonly [struct: string]: string } {
  return {
    versionInfo: 'Client:clientVersion Server:*types.Version',
    clientVersion: `Platform:*Platform Version:string APIVersion=ApiVersion:string DefaultAPIVersion:string
      GitCommit:string GoVersion:string Os:string Arch:string BuildTime:string Context:string`,
    Platform: 'Name:string',
    'types.Version': `Platform:Platform Components:[]ComponentVersion Version:string APIVersion=ApiVersion:string
      MinAPIVersion:string GitCommit:string GoVersion:string Os:string Arch:string KernelVersion:string
      Experimental:bool BuildTime:string`,
    ComponentVersion: 'Name:string Version:string Details:map:string',
    dockerInfo: '*Info ServerErrors:[]string UserName:string ClientInfo:*clientInfo ClientErrors:[]string',
    clientInfo: 'Debug:bool clientVersion Plugins:[]any Warnings:[]string',
    Info: `ID:string Containers:int ContainersRunning:int ContainersPaused:int ContainersStopped:int Images:int
      Driver:string DriverStatus:[]any SystemStatus:[]any Plugins:PluginsInfo MemoryLimit:bool SwapLimit:bool
      KernelMemory:bool KernelMemoryTCP:bool CPUCfsPeriod=CpuCfsPeriod:bool CPUCfsQuota=CpuCfsQuota:bool CPUShares:bool
      CPUSet:bool PidsLimit:bool IPv4Forwarding:bool Debug:bool NFd:int OomKillDisable:bool NGoroutines:int
      SystemTime:string LoggingDriver:string CgroupDriver:string CgroupVersion:string NEventsListener:int
      KernelVersion:string OperatingSystem:string OSVersion:string OSType:string Architecture:string
      IndexServerAddress:string RegistryConfig:any NCPU:int MemTotal:int GenericResources:[]any DockerRootDir:string
      HTTPProxy=HttpProxy:string HTTPSProxy=HttpsProxy:string NoProxy:string Name:string Labels:[]string
      ExperimentalBuild:bool ServerVersion:string Runtimes:map:any DefaultRuntime:string Swarm:swarm.Info
      LiveRestoreEnabled:bool Isolation:string InitBinary:string ContainerdCommit:Commit RuncCommit:Commit
      InitCommit:Commit SecurityOptions:[]string ProductLicense:string DefaultAddressPools:[]any
      FirewallBackend:*FirewallInfo CDISpecDirs:[]string DiscoveredDevices:[]any Containerd:*ContainerdInfo
      Warnings:[]string`,
    FirewallInfo: 'Driver:string Info:[]any',
    ContainerdInfo: 'Address:string Namespaces:ContainerdNamespaces',
    ContainerdNamespaces: 'Containers:string Plugins:string',
    PluginsInfo: 'Volume:[]string Network:[]string Authorization:[]string Log:[]string',
    'swarm.Info': `NodeID:string NodeAddr:string LocalNodeState:string ControlAvailable:bool Error:string
      RemoteManagers:[]any Nodes:int Managers:int Cluster:*ClusterInfo Warnings:[]string`,
    ClusterInfo: 'ID:string',
    Commit: 'ID:string Expected:string',
  };
}
