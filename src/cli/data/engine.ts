/**
 * The commands of the engine itself, as Docker 28.5.2 knows them: name, number of arguments, usage, flags and
 * the descriptions that `--help` prints. The notation is read by ../help/catalog.ts. A function, so that nothing of
 * this costs time unless help is printed or an unknown word is looked up.
 */
export function engineCommands(): string {
  return `=		docker [OPTIONS] COMMAND
:A self-sufficient runtime for containers
!For more help on how to use Docker, head to https://docs.docker.com/go/guides/
[Common Commands
+run
+exec
+ps
+build	Build an image from a Dockerfile
+bake
+pull
+push
+images
+login	Authenticate to a registry
+logout	Log out from a registry
+search
+version
+info
[Management Commands
+builder	Manage builds
+buildx*	Docker Buildx
+compose*	Docker Compose
+container
+context
+image
+manifest	Manage Docker image manifests and manifest lists
+network
+plugin
+system
+trust
+volume
[Swarm Commands
+swarm
[Commands
+attach
+commit
+cp
+create
+diff
+events
+export
+history
+import
+inspect
+kill
+load
+logs
+pause
+port
+rename
+restart
+rm
+rmi
+save
+start
+stats
+stop
+tag
+top
+unpause
+update
+wait
-config	string	Location of client config files (default "{config}")
-context,c	string	Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")
-debug,D	bool	Enable debug mode
-host,H	string	Daemon socket to connect to
-log-level,l	string	Set the logging level ("debug", "info", "warn", "error", "fatal") (default "info")
-tls	bool	Use TLS; implied by --tlsverify
-tlscacert	string	Trust certs signed only by this CA (default "{config}/ca.pem")
-tlscert	string	Path to TLS certificate file (default "{config}/cert.pem")
-tlskey	string	Path to TLS key file (default "{config}/key.pem")
-tlsverify	bool	Use TLS and verify the remote
-version,v	bool	Print version information and quit
=run	1+	docker run [OPTIONS] IMAGE [COMMAND] [ARG...]
~docker container run, docker run
:Create and run a new container from an image
-add-host	list	Add a custom host-to-IP mapping (host:ip)
-annotation	map	Add an annotation to the container (passed through to the OCI runtime) (default map[])
-attach,a	list	Attach to STDIN, STDOUT or STDERR
-blkio-weight	uint16	Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
-blkio-weight-device	list	Block IO weight (relative device weight) (default [])
-cap-add	list	Add Linux capabilities
-cap-drop	list	Drop Linux capabilities
-cgroup-parent	string	Optional parent cgroup for the container
-cgroupns	string	Cgroup namespace to use (host|private)\\n'host':    Run the container in the Docker host's cgroup namespace\\n'private': Run the container in its own private cgroup namespace\\n'':        Use the cgroup namespace as configured by the\\n           default-cgroupns-mode option on the daemon (default)
-cidfile	string	Write the container ID to the file
-cpu-period	int	Limit CPU CFS (Completely Fair Scheduler) period
-cpu-quota	int	Limit CPU CFS (Completely Fair Scheduler) quota
-cpu-rt-period	int	Limit CPU real-time period in microseconds
-cpu-rt-runtime	int	Limit CPU real-time runtime in microseconds
-cpu-shares,c	int	CPU shares (relative weight)
-cpus	decimal	Number of CPUs
-cpuset-cpus	string	CPUs in which to allow execution (0-3, 0,1)
-cpuset-mems	string	MEMs in which to allow execution (0-3, 0,1)
-detach,d	bool	Run container in background and print container ID
-detach-keys	string	Override the key sequence for detaching a container
-device	list	Add a host device to the container
-device-cgroup-rule	list	Add a rule to the cgroup allowed devices list
-device-read-bps	list	Limit read rate (bytes per second) from a device (default [])
-device-read-iops	list	Limit read rate (IO per second) from a device (default [])
-device-write-bps	list	Limit write rate (bytes per second) to a device (default [])
-device-write-iops	list	Limit write rate (IO per second) to a device (default [])
-disable-content-trust	bool	Skip image verification (default true)
-dns	list	Set custom DNS servers
-dns-option	list	Set DNS options
-dns-search	list	Set custom DNS search domains
-domainname	string	Container NIS domain name
-entrypoint	string	Overwrite the default ENTRYPOINT of the image
-env,e	list	Set environment variables
-env-file	list	Read in a file of environment variables
-expose	list	Expose a port or a range of ports
-gpus	gpu-request	GPU devices to add to the container ('all' to pass all GPUs)
-group-add	list	Add additional groups to join
-health-cmd	string	Command to run to check health
-health-interval	duration	Time between running the check (ms|s|m|h) (default 0s)
-health-retries	int	Consecutive failures needed to report unhealthy
-health-start-interval	duration	Time between running the check during the start period (ms|s|m|h) (default 0s)
-health-start-period	duration	Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)
-health-timeout	duration	Maximum time to allow one check to run (ms|s|m|h) (default 0s)
-help	bool	Print usage
-hostname,h	string	Container host name
-init	bool	Run an init inside the container that forwards signals and reaps processes
-interactive,i	bool	Keep STDIN open even if not attached
-ip	string	IPv4 address (e.g., 172.30.100.104)
-ip6	string	IPv6 address (e.g., 2001:db8::33)
-ipc	string	IPC mode to use
-isolation	string	Container isolation technology
-kernel-memory	bytes	Kernel memory limit
-label,l	list	Set meta data on a container
-label-file	list	Read in a line delimited file of labels
-link	list	Add link to another container
-link-local-ip	list	Container IPv4/IPv6 link-local addresses
-log-driver	string	Logging driver for the container
-log-opt	list	Log driver options
-mac-address	string	Container MAC address (e.g., 92:d0:c6:0a:29:33)
-memory,m	bytes	Memory limit
-memory-reservation	bytes	Memory soft limit
-memory-swap	bytes	Swap limit equal to memory plus swap: '-1' to enable unlimited swap
-memory-swappiness	int	Tune container memory swappiness (0 to 100) (default -1)
-mount	mount	Attach a filesystem mount to the container
-name	string	Assign a name to the container
-network	network	Connect a container to a network
-network-alias	list	Add network-scoped alias for the container
-no-healthcheck	bool	Disable any container-specified HEALTHCHECK
-oom-kill-disable	bool	Disable OOM Killer
-oom-score-adj	int	Tune host's OOM preferences (-1000 to 1000)
-pid	string	PID namespace to use
-pids-limit	int	Tune container pids limit (set -1 for unlimited)
-platform	string	Set platform if server is multi-platform capable
-privileged	bool	Give extended privileges to this container
-publish,p	list	Publish a container's port(s) to the host
-publish-all,P	bool	Publish all exposed ports to random ports
-pull	string	Pull image before running ("always", "missing", "never") (default "missing")
-quiet,q	bool	Suppress the pull output
-read-only	bool	Mount the container's root filesystem as read only
-restart	string	Restart policy to apply when a container exits (default "no")
-rm	bool	Automatically remove the container and its associated anonymous volumes when it exits
-runtime	string	Runtime to use for this container
-security-opt	list	Security Options
-shm-size	bytes	Size of /dev/shm
-sig-proxy	bool	Proxy received signals to the process (default true)
-stop-signal	string	Signal to stop the container
-stop-timeout	int	Timeout (in seconds) to stop a container
-storage-opt	list	Storage driver options for the container
-sysctl	map	Sysctl options (default map[])
-tmpfs	list	Mount a tmpfs directory
-tty,t	bool	Allocate a pseudo-TTY
-ulimit	ulimit	Ulimit options (default [])
-use-api-socket	bool	Bind mount Docker API socket and required auth
-user,u	string	Username or UID (format: <name|uid>[:<group|gid>])
-userns	string	User namespace to use
-uts	string	UTS namespace to use
-volume,v	list	Bind mount a volume
-volume-driver	string	Optional volume driver for the container
-volumes-from	list	Mount volumes from the specified container(s)
-workdir,w	string	Working directory inside the container
=exec	2+	docker exec [OPTIONS] CONTAINER COMMAND [ARG...]
~docker container exec, docker exec
:Execute a command in a running container
-detach,d	bool	Detached mode: run command in the background
-detach-keys	string	Override the key sequence for detaching a container
-env,e	list	Set environment variables
-env-file	list	Read in a file of environment variables
-interactive,i	bool	Keep STDIN open even if not attached
-privileged	bool	Give extended privileges to the command
-tty,t	bool	Allocate a pseudo-TTY
-user,u	string	Username or UID (format: "<name|uid>[:<group|gid>]")
-workdir,w	string	Working directory inside the container
=ps	0	docker ps [OPTIONS]
~docker container ls, docker container list, docker container ps, docker ps
:List containers
-all,a	bool	Show all containers (default shows just running)
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-last,n	int	Show n last created containers (includes all states) (default -1)
-latest,l	bool	Show the latest created container (includes all states)
-no-trunc	bool	Don't truncate output
-quiet,q	bool	Only display container IDs
-size,s	bool	Display total file sizes
=pull	1	docker pull [OPTIONS] NAME[:TAG|@DIGEST]
~docker image pull, docker pull
:Download an image from a registry
-all-tags,a	bool	Download all tagged images in the repository
-disable-content-trust	bool	Skip image verification (default true)
-platform	string	Set platform if server is multi-platform capable
-quiet,q	bool	Suppress verbose output
=push	1	docker push [OPTIONS] NAME[:TAG]
~docker image push, docker push
:Upload an image to a registry
-all-tags,a	bool	Push all tags of an image to the repository
-disable-content-trust	bool	Skip image signing (default true)
-platform	string	Push a platform-specific manifest as a single-platform image to the registry.\\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
-quiet,q	bool	Suppress verbose output
=images	<1	docker images [OPTIONS] [REPOSITORY[:TAG]]
~docker image ls, docker image list, docker images
:List images
-all,a	bool	Show all images (default hides intermediate images)
-digests	bool	Show digests
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-no-trunc	bool	Don't truncate output
-quiet,q	bool	Only show image IDs
-tree	bool	List multi-platform images as a tree (EXPERIMENTAL)
=login	<1	docker login [OPTIONS] [SERVER]
:Authenticate to a registry.
:Defaults to Docker Hub if no server is specified.
-password,p	string	Password or Personal Access Token (PAT)
-password-stdin	bool	Take the Password or Personal Access Token (PAT) from stdin
-username,u	string	Username
=logout	<1	docker logout [SERVER]
:Log out from a registry.
:If no server is specified, the default is defined by the daemon.
=search	1	docker search [OPTIONS] TERM
:Search Docker Hub for images
-filter,f	filter	Filter output based on conditions provided
-format	string	Pretty-print search using a Go template
-limit	int	Max number of search results
-no-trunc	bool	Don't truncate output
=version	0	docker version [OPTIONS]
:Show the Docker version information
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=info	0	docker info [OPTIONS]
~docker system info, docker info
:Display system-wide information
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=container		docker container COMMAND
:Manage containers
[Commands
+attach
+commit
+cp
+create
+diff
+exec
+export
+inspect
+kill
+logs
+ls
+pause
+port
+prune
+rename
+restart
+rm
+run
+start
+stats
+stop
+top
+unpause
+update
+wait
=container attach	1	docker container attach [OPTIONS] CONTAINER
~docker container attach, docker attach
:Attach local standard input, output, and error streams to a running container
-detach-keys	string	Override the key sequence for detaching a container
-no-stdin	bool	Do not attach STDIN
-sig-proxy	bool	Proxy all received signals to the process (default true)
=container commit	1-2	docker container commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]
~docker container commit, docker commit
:Create a new image from a container's changes
-author,a	string	Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")
-change,c	list	Apply Dockerfile instruction to the created image
-message,m	string	Commit message
-pause,p	bool	Pause container during commit (default true)
=container cp	2	docker container cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
&docker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH
~docker container cp, docker cp
:Copy files/folders between a container and the local filesystem
:
:Use '-' as the source to read a tar archive from stdin
:and extract it to a directory destination in a container.
:Use '-' as the destination to stream a tar archive of a
:container source to stdout.
-archive,a	bool	Archive mode (copy all uid/gid information)
-follow-link,L	bool	Always follow symbol link in SRC_PATH
-quiet,q	bool	Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached
=container create	1+	docker container create [OPTIONS] IMAGE [COMMAND] [ARG...]
~docker container create, docker create
:Create a new container
-add-host	list	Add a custom host-to-IP mapping (host:ip)
-annotation	map	Add an annotation to the container (passed through to the OCI runtime) (default map[])
-attach,a	list	Attach to STDIN, STDOUT or STDERR
-blkio-weight	uint16	Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
-blkio-weight-device	list	Block IO weight (relative device weight) (default [])
-cap-add	list	Add Linux capabilities
-cap-drop	list	Drop Linux capabilities
-cgroup-parent	string	Optional parent cgroup for the container
-cgroupns	string	Cgroup namespace to use (host|private)\\n'host':    Run the container in the Docker host's cgroup namespace\\n'private': Run the container in its own private cgroup namespace\\n'':        Use the cgroup namespace as configured by the\\n           default-cgroupns-mode option on the daemon (default)
-cidfile	string	Write the container ID to the file
-cpu-period	int	Limit CPU CFS (Completely Fair Scheduler) period
-cpu-quota	int	Limit CPU CFS (Completely Fair Scheduler) quota
-cpu-rt-period	int	Limit CPU real-time period in microseconds
-cpu-rt-runtime	int	Limit CPU real-time runtime in microseconds
-cpu-shares,c	int	CPU shares (relative weight)
-cpus	decimal	Number of CPUs
-cpuset-cpus	string	CPUs in which to allow execution (0-3, 0,1)
-cpuset-mems	string	MEMs in which to allow execution (0-3, 0,1)
-device	list	Add a host device to the container
-device-cgroup-rule	list	Add a rule to the cgroup allowed devices list
-device-read-bps	list	Limit read rate (bytes per second) from a device (default [])
-device-read-iops	list	Limit read rate (IO per second) from a device (default [])
-device-write-bps	list	Limit write rate (bytes per second) to a device (default [])
-device-write-iops	list	Limit write rate (IO per second) to a device (default [])
-disable-content-trust	bool	Skip image verification (default true)
-dns	list	Set custom DNS servers
-dns-option	list	Set DNS options
-dns-search	list	Set custom DNS search domains
-domainname	string	Container NIS domain name
-entrypoint	string	Overwrite the default ENTRYPOINT of the image
-env,e	list	Set environment variables
-env-file	list	Read in a file of environment variables
-expose	list	Expose a port or a range of ports
-gpus	gpu-request	GPU devices to add to the container ('all' to pass all GPUs)
-group-add	list	Add additional groups to join
-health-cmd	string	Command to run to check health
-health-interval	duration	Time between running the check (ms|s|m|h) (default 0s)
-health-retries	int	Consecutive failures needed to report unhealthy
-health-start-interval	duration	Time between running the check during the start period (ms|s|m|h) (default 0s)
-health-start-period	duration	Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)
-health-timeout	duration	Maximum time to allow one check to run (ms|s|m|h) (default 0s)
-help	bool	Print usage
-hostname,h	string	Container host name
-init	bool	Run an init inside the container that forwards signals and reaps processes
-interactive,i	bool	Keep STDIN open even if not attached
-ip	string	IPv4 address (e.g., 172.30.100.104)
-ip6	string	IPv6 address (e.g., 2001:db8::33)
-ipc	string	IPC mode to use
-isolation	string	Container isolation technology
-kernel-memory	bytes	Kernel memory limit
-label,l	list	Set meta data on a container
-label-file	list	Read in a line delimited file of labels
-link	list	Add link to another container
-link-local-ip	list	Container IPv4/IPv6 link-local addresses
-log-driver	string	Logging driver for the container
-log-opt	list	Log driver options
-mac-address	string	Container MAC address (e.g., 92:d0:c6:0a:29:33)
-memory,m	bytes	Memory limit
-memory-reservation	bytes	Memory soft limit
-memory-swap	bytes	Swap limit equal to memory plus swap: '-1' to enable unlimited swap
-memory-swappiness	int	Tune container memory swappiness (0 to 100) (default -1)
-mount	mount	Attach a filesystem mount to the container
-name	string	Assign a name to the container
-network	network	Connect a container to a network
-network-alias	list	Add network-scoped alias for the container
-no-healthcheck	bool	Disable any container-specified HEALTHCHECK
-oom-kill-disable	bool	Disable OOM Killer
-oom-score-adj	int	Tune host's OOM preferences (-1000 to 1000)
-pid	string	PID namespace to use
-pids-limit	int	Tune container pids limit (set -1 for unlimited)
-platform	string	Set platform if server is multi-platform capable
-privileged	bool	Give extended privileges to this container
-publish,p	list	Publish a container's port(s) to the host
-publish-all,P	bool	Publish all exposed ports to random ports
-pull	string	Pull image before creating ("always", "|missing", "never") (default "missing")
-quiet,q	bool	Suppress the pull output
-read-only	bool	Mount the container's root filesystem as read only
-restart	string	Restart policy to apply when a container exits (default "no")
-rm	bool	Automatically remove the container and its associated anonymous volumes when it exits
-runtime	string	Runtime to use for this container
-security-opt	list	Security Options
-shm-size	bytes	Size of /dev/shm
-stop-signal	string	Signal to stop the container
-stop-timeout	int	Timeout (in seconds) to stop a container
-storage-opt	list	Storage driver options for the container
-sysctl	map	Sysctl options (default map[])
-tmpfs	list	Mount a tmpfs directory
-tty,t	bool	Allocate a pseudo-TTY
-ulimit	ulimit	Ulimit options (default [])
-use-api-socket	bool	Bind mount Docker API socket and required auth
-user,u	string	Username or UID (format: <name|uid>[:<group|gid>])
-userns	string	User namespace to use
-uts	string	UTS namespace to use
-volume,v	list	Bind mount a volume
-volume-driver	string	Optional volume driver for the container
-volumes-from	list	Mount volumes from the specified container(s)
-workdir,w	string	Working directory inside the container
=container diff	1	docker container diff CONTAINER
~docker container diff, docker diff
:Inspect changes to files or directories on a container's filesystem
=container exec	2+	docker container exec [OPTIONS] CONTAINER COMMAND [ARG...]	exec
=container export	1	docker container export [OPTIONS] CONTAINER
~docker container export, docker export
:Export a container's filesystem as a tar archive
-output,o	string	Write to a file, instead of STDOUT
=container inspect	1+	docker container inspect [OPTIONS] CONTAINER [CONTAINER...]
:Display detailed information on one or more containers
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-size,s	bool	Display total file sizes
=container kill	1+	docker container kill [OPTIONS] CONTAINER [CONTAINER...]
~docker container kill, docker kill
:Kill one or more running containers
-signal,s	string	Signal to send to the container
=container logs	1	docker container logs [OPTIONS] CONTAINER
~docker container logs, docker logs
:Fetch the logs of a container
-details	bool	Show extra details provided to logs
-follow,f	bool	Follow log output
-since	string	Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
-tail,n	string	Number of lines to show from the end of the logs (default "all")
-timestamps,t	bool	Show timestamps
-until	string	Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
=container ls	0	docker container ls [OPTIONS]	ps
=container pause	1+	docker container pause CONTAINER [CONTAINER...]
~docker container pause, docker pause
:Pause all processes within one or more containers
=container port	1-2	docker container port CONTAINER [PRIVATE_PORT[/PROTO]]
~docker container port, docker port
:List port mappings or a specific mapping for the container
=container prune	0	docker container prune [OPTIONS]
:Remove all stopped containers
-filter	filter	Provide filter values (e.g. "until=<timestamp>")
-force,f	bool	Do not prompt for confirmation
=container rename	2	docker container rename CONTAINER NEW_NAME
~docker container rename, docker rename
:Rename a container
=container restart	1+	docker container restart [OPTIONS] CONTAINER [CONTAINER...]
~docker container restart, docker restart
:Restart one or more containers
-signal,s	string	Signal to send to the container
-timeout,t	int	Seconds to wait before killing the container
=container rm	1+	docker container rm [OPTIONS] CONTAINER [CONTAINER...]
~docker container rm, docker container remove, docker rm
:Remove one or more containers
-force,f	bool	Force the removal of a running container (uses SIGKILL)
-link,l	bool	Remove the specified link
-volumes,v	bool	Remove anonymous volumes associated with the container
=container run	1+	docker container run [OPTIONS] IMAGE [COMMAND] [ARG...]	run
=container start	1+	docker container start [OPTIONS] CONTAINER [CONTAINER...]
~docker container start, docker start
:Start one or more stopped containers
-attach,a	bool	Attach STDOUT/STDERR and forward signals
-detach-keys	string	Override the key sequence for detaching a container
-interactive,i	bool	Attach container's STDIN
=container stats	*	docker container stats [OPTIONS] [CONTAINER...]
~docker container stats, docker stats
:Display a live stream of container(s) resource usage statistics
-all,a	bool	Show all containers (default shows just running)
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-no-stream	bool	Disable streaming stats and only pull the first result
-no-trunc	bool	Do not truncate output
=container stop	1+	docker container stop [OPTIONS] CONTAINER [CONTAINER...]
~docker container stop, docker stop
:Stop one or more running containers
-signal,s	string	Signal to send to the container
-timeout,t	int	Seconds to wait before killing the container
=container top	1+	docker container top CONTAINER [ps OPTIONS]
~docker container top, docker top
:Display the running processes of a container
=container unpause	1+	docker container unpause CONTAINER [CONTAINER...]
~docker container unpause, docker unpause
:Unpause all processes within one or more containers
=container update	1+	docker container update [OPTIONS] CONTAINER [CONTAINER...]
~docker container update, docker update
:Update configuration of one or more containers
-blkio-weight	uint16	Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
-cpu-period	int	Limit CPU CFS (Completely Fair Scheduler) period
-cpu-quota	int	Limit CPU CFS (Completely Fair Scheduler) quota
-cpu-rt-period	int	Limit the CPU real-time period in microseconds
-cpu-rt-runtime	int	Limit the CPU real-time runtime in microseconds
-cpu-shares,c	int	CPU shares (relative weight)
-cpus	decimal	Number of CPUs
-cpuset-cpus	string	CPUs in which to allow execution (0-3, 0,1)
-cpuset-mems	string	MEMs in which to allow execution (0-3, 0,1)
-memory,m	bytes	Memory limit
-memory-reservation	bytes	Memory soft limit
-memory-swap	bytes	Swap limit equal to memory plus swap: -1 to enable unlimited swap
-pids-limit	int	Tune container pids limit (set -1 for unlimited)
-restart	string	Restart policy to apply when a container exits
=container wait	1+	docker container wait CONTAINER [CONTAINER...]
~docker container wait, docker wait
:Block until one or more containers stop, then print their exit codes
=context		docker context COMMAND
:Manage contexts
[Commands
+create
+export
+import
+inspect
+ls
+rm
+show
+update
+use
=context create	1	docker context create [OPTIONS] CONTEXT
:Create a context
:
:Docker endpoint config:
:
:NAME                DESCRIPTION
:from                Copy named context's Docker endpoint configuration
:host                Docker endpoint on which to connect
:ca                  Trust certs signed only by this CA
:cert                Path to TLS certificate file
:key                 Path to TLS key file
:skip-tls-verify     Skip TLS certificate validation
:
:Example:
:
:$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"
-description	string	Description of the context
-docker	stringToString	set the docker endpoint (default [])
-from	string	create context from a named context
=context export	1-2	docker context export [OPTIONS] CONTEXT [FILE|-]
:Export a context to a tar archive FILE or a tar stream on STDOUT.
=context import	2	docker context import CONTEXT FILE|-
:Import a context from a tar or zip file
=context inspect	*	docker context inspect [OPTIONS] [CONTEXT] [CONTEXT...]
:Display detailed information on one or more contexts
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=context ls	0	docker context ls [OPTIONS]
~docker context ls, docker context list
:List contexts
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only show context names
=context rm	1+	docker context rm CONTEXT [CONTEXT...]
~docker context rm, docker context remove
:Remove one or more contexts
-force,f	bool	Force the removal of a context in use
=context show	0	docker context show
:Print the name of the current context
=context update	1	docker context update [OPTIONS] CONTEXT
:Update a context
:
:Docker endpoint config:
:
:NAME                DESCRIPTION
:from                Copy named context's Docker endpoint configuration
:host                Docker endpoint on which to connect
:ca                  Trust certs signed only by this CA
:cert                Path to TLS certificate file
:key                 Path to TLS key file
:skip-tls-verify     Skip TLS certificate validation
:
:Example:
:
:$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"
-description	string	Description of the context
-docker	stringToString	set the docker endpoint (default [])
=context use	=1	docker context use CONTEXT
:Set the current docker context
=image		docker image COMMAND
:Manage images
[Commands
+build	Build an image from a Dockerfile
+history
+import
+inspect
+load
+ls
+prune
+pull
+push
+rm
+save
+tag
=image history	1	docker image history [OPTIONS] IMAGE
~docker image history, docker history
:Show the history of an image
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-human,H	bool	Print sizes and dates in human readable format (default true)
-no-trunc	bool	Don't truncate output
-platform	string	Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
-quiet,q	bool	Only show image IDs
=image import	1+	docker image import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]
~docker image import, docker import
:Import the contents from a tarball to create a filesystem image
-change,c	list	Apply Dockerfile instruction to the created image
-message,m	string	Set commit message for imported image
-platform	string	Set platform if server is multi-platform capable
=image inspect	1+	docker image inspect [OPTIONS] IMAGE [IMAGE...]
:Display detailed information on one or more images
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-platform	string	Inspect a specific platform of the multi-platform image.\\nIf the image or the server is not multi-platform capable, the command will error out if the platform does not match.\\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)
=image load	0	docker image load [OPTIONS]
~docker image load, docker load
:Load an image from a tar archive or STDIN
-input,i	string	Read from tar archive file, instead of STDIN
-platform	string	Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
-quiet,q	bool	Suppress the load output
=image ls	<1	docker image ls [OPTIONS] [REPOSITORY[:TAG]]	images
=image prune	0	docker image prune [OPTIONS]
:Remove unused images
-all,a	bool	Remove all unused images, not just dangling ones
-filter	filter	Provide filter values (e.g. "until=<timestamp>")
-force,f	bool	Do not prompt for confirmation
=image pull	1	docker image pull [OPTIONS] NAME[:TAG|@DIGEST]	pull
=image push	1	docker image push [OPTIONS] NAME[:TAG]	push
=image rm	1+	docker image rm [OPTIONS] IMAGE [IMAGE...]
~docker image rm, docker image remove, docker rmi
:Remove one or more images
-force,f	bool	Force removal of the image
-no-prune	bool	Do not delete untagged parents
-platform	strings	Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
=image save	1+	docker image save [OPTIONS] IMAGE [IMAGE...]
~docker image save, docker save
:Save one or more images to a tar archive (streamed to STDOUT by default)
-output,o	string	Write to a file, instead of STDOUT
-platform	string	Save only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")
=image tag	2	docker image tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]
~docker image tag, docker tag
:Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE
=manifest		docker manifest COMMAND
:The **docker manifest** command has subcommands for managing image manifests and
:manifest lists. A manifest list allows you to use one name to refer to the same image
:built for multiple architectures.
:
:To see help for a subcommand, use:
:
:    docker manifest CMD --help
:
:For full details on using docker manifest lists, see the registry v2 specification.
:
:EXPERIMENTAL:
:  docker manifest is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
[Commands
+annotate
+create
+inspect
+push
+rm
=manifest annotate	2	docker manifest annotate [OPTIONS] MANIFEST_LIST MANIFEST
:Add additional information to a local image manifest
:
:EXPERIMENTAL:
:  docker manifest annotate is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
-arch	string	Set architecture
-os	string	Set operating system
-os-features	strings	Set operating system feature
-os-version	string	Set operating system version
-variant	string	Set architecture variant
=manifest create	2+	docker manifest create MANIFEST_LIST MANIFEST [MANIFEST...]
:Create a local manifest list for annotating and pushing to a registry
:
:EXPERIMENTAL:
:  docker manifest create is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
-amend,a	bool	Amend an existing manifest list
-insecure	bool	Allow communication with an insecure registry
=manifest inspect	1-2	docker manifest inspect [OPTIONS] [MANIFEST_LIST] MANIFEST
:Display an image manifest, or manifest list
:
:EXPERIMENTAL:
:  docker manifest inspect is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
-insecure	bool	Allow communication with an insecure registry
-verbose,v	bool	Output additional info including layers and platform
=manifest push	1	docker manifest push [OPTIONS] MANIFEST_LIST
:Push a manifest list to a repository
:
:EXPERIMENTAL:
:  docker manifest push is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
-insecure	bool	Allow push to an insecure registry
-purge,p	bool	Remove the local manifest list after push
=manifest rm	1+	docker manifest rm MANIFEST_LIST [MANIFEST_LIST...]
:Delete one or more manifest lists from local storage
:
:EXPERIMENTAL:
:  docker manifest rm is an experimental feature.
:  Experimental features provide early access to product functionality. These
:  features may change between releases without warning, or can be removed from a
:  future release. Learn more about experimental features in our documentation:
:  https://docs.docker.com/go/experimental/
=network		docker network COMMAND
:Manage networks
[Commands
+connect
+create
+disconnect
+inspect
+ls
+prune
+rm
=network connect	2	docker network connect [OPTIONS] NETWORK CONTAINER
:Connect a container to a network
-alias	strings	Add network-scoped alias for the container
-driver-opt	strings	driver options for the network
-gw-priority	int	Highest gw-priority provides the default gateway. Accepts positive and negative values.
-ip	string	IPv4 address (e.g., "172.30.100.104")
-ip6	string	IPv6 address (e.g., "2001:db8::33")
-link	list	Add link to another container
-link-local-ip	strings	Add a link-local address for the container
=network create	1	docker network create [OPTIONS] NETWORK
:Create a network
-attachable	bool	Enable manual container attachment
-aux-address	map	Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])
-config-from	string	The network from which to copy the configuration
-config-only	bool	Create a configuration only network
-driver,d	string	Driver to manage the Network (default "bridge")
-gateway	strings	IPv4 or IPv6 Gateway for the master subnet
-ingress	bool	Create swarm routing-mesh network
-internal	bool	Restrict external access to the network
-ip-range	strings	Allocate container ip from a sub-range
-ipam-driver	string	IP Address Management Driver (default "default")
-ipam-opt	map	Set IPAM driver specific options (default map[])
-ipv4	bool	Enable or disable IPv4 address assignment (default true)
-ipv6	bool	Enable or disable IPv6 address assignment
-label	list	Set metadata on a network
-opt,o	map	Set driver specific options (default map[])
-scope	string	Control the network's scope
-subnet	strings	Subnet in CIDR format that represents a network segment
=network disconnect	2	docker network disconnect [OPTIONS] NETWORK CONTAINER
:Disconnect a container from a network
-force,f	bool	Force the container to disconnect from a network
=network inspect	1+	docker network inspect [OPTIONS] NETWORK [NETWORK...]
:Display detailed information on one or more networks
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-verbose,v	bool	Verbose output for diagnostics
=network ls	0	docker network ls [OPTIONS]
~docker network ls, docker network list
:List networks
-filter,f	filter	Provide filter values (e.g. "driver=bridge")
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-no-trunc	bool	Do not truncate the output
-quiet,q	bool	Only display network IDs
=network prune	0	docker network prune [OPTIONS]
:Remove all unused networks
-filter	filter	Provide filter values (e.g. "until=<timestamp>")
-force,f	bool	Do not prompt for confirmation
=network rm	1+	docker network rm NETWORK [NETWORK...]
~docker network rm, docker network remove
:Remove one or more networks
-force,f	bool	Do not error if the network does not exist
=plugin		docker plugin COMMAND
:Manage plugins
[Commands
+create
+disable
+enable
+inspect
+install
+ls
+push
+rm
+set
+upgrade
=plugin create	2+	docker plugin create [OPTIONS] PLUGIN PLUGIN-DATA-DIR
:Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.
-compress	bool	Compress the context using gzip
=plugin disable	1	docker plugin disable [OPTIONS] PLUGIN
:Disable a plugin
-force,f	bool	Force the disable of an active plugin
=plugin enable	1	docker plugin enable [OPTIONS] PLUGIN
:Enable a plugin
-timeout	int	HTTP client timeout (in seconds) (default 30)
=plugin inspect	1+	docker plugin inspect [OPTIONS] PLUGIN [PLUGIN...]
:Display detailed information on one or more plugins
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=plugin install	1+	docker plugin install [OPTIONS] PLUGIN [KEY=VALUE...]
:Install a plugin
-alias	string	Local name for plugin
-disable	bool	Do not enable the plugin on install
-disable-content-trust	bool	Skip image verification (default true)
-grant-all-permissions	bool	Grant all permissions necessary to run the plugin
=plugin ls	0	docker plugin ls [OPTIONS]
~docker plugin ls, docker plugin list
:List plugins
-filter,f	filter	Provide filter values (e.g. "enabled=true")
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-no-trunc	bool	Don't truncate output
-quiet,q	bool	Only display plugin IDs
=plugin push	1	docker plugin push [OPTIONS] PLUGIN[:TAG]
:Push a plugin to a registry
-disable-content-trust	bool	Skip image signing (default true)
=plugin rm	1+	docker plugin rm [OPTIONS] PLUGIN [PLUGIN...]
~docker plugin rm, docker plugin remove
:Remove one or more plugins
-force,f	bool	Force the removal of an active plugin
=plugin set	2+	docker plugin set PLUGIN KEY=VALUE [KEY=VALUE...]
:Change settings for a plugin
=plugin upgrade	1-2	docker plugin upgrade [OPTIONS] PLUGIN [REMOTE]
:Upgrade an existing plugin
-disable-content-trust	bool	Skip image verification (default true)
-grant-all-permissions	bool	Grant all permissions necessary to run the plugin
-skip-remote-check	bool	Do not check if specified remote plugin matches existing plugin image
=system		docker system COMMAND
:Manage Docker
[Commands
+df
+events
+info
+prune
=system df	0	docker system df [OPTIONS]
:Show docker disk usage
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-verbose,v	bool	Show detailed information on space usage
=system events	0	docker system events [OPTIONS]
~docker system events, docker events
:Get real time events from the server
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-since	string	Show all events created since timestamp
-until	string	Stream events until this timestamp
=system info	0	docker system info [OPTIONS]	info
=system prune	0	docker system prune [OPTIONS]
:Remove unused data
-all,a	bool	Remove all unused images not just dangling ones
-filter	filter	Provide filter values (e.g. "label=<key>=<value>")
-force,f	bool	Do not prompt for confirmation
-volumes	bool	Prune anonymous volumes
=trust		docker trust COMMAND
:Manage trust on Docker images
[Management Commands
+key
+signer
[Commands
+inspect
+revoke
+sign
=trust key		docker trust key COMMAND
:Manage keys for signing Docker images
[Commands
+generate
+load
=trust key generate	1	docker trust key generate NAME
:Generate and load a signing key-pair
-dir	string	Directory to generate key in, defaults to current directory
=trust key load	1	docker trust key load [OPTIONS] KEYFILE
:Load a private key file for signing
-name	string	Name for the loaded key (default "signer")
=trust signer		docker trust signer COMMAND
:Manage entities who can sign Docker images
[Commands
+add
+remove
=trust signer add	2+	docker trust signer add OPTIONS NAME REPOSITORY [REPOSITORY...] 
:Add a signer
-key	list	Path to the signer's public key file
=trust signer remove	2+	docker trust signer remove [OPTIONS] NAME REPOSITORY [REPOSITORY...]
:Remove a signer
-force,f	bool	Do not prompt for confirmation before removing the most recent signer
=trust inspect	1+	docker trust inspect IMAGE[:TAG] [IMAGE[:TAG]...]
:Return low-level information about keys and signatures
-pretty	bool	Print the information in a human friendly format
=trust revoke	1	docker trust revoke [OPTIONS] IMAGE[:TAG]
:Remove trust for an image
-yes,y	bool	Do not prompt for confirmation
=trust sign	1	docker trust sign IMAGE:TAG
:Sign an image
-local	bool	Sign a locally tagged image
=volume		docker volume COMMAND
:Manage volumes
[Commands
+create
+inspect
+ls
+prune
+rm	Remove one or more volumes
=volume create	<1	docker volume create [OPTIONS] [VOLUME]
:Create a volume
-driver,d	string	Specify volume driver name (default "local")
-label	list	Set metadata for a volume
-opt,o	map	Set driver specific options (default map[])
=volume inspect	1+	docker volume inspect [OPTIONS] VOLUME [VOLUME...]
:Display detailed information on one or more volumes
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=volume ls	0	docker volume ls [OPTIONS]
~docker volume ls, docker volume list
:List volumes
-filter,f	filter	Provide filter values (e.g. "dangling=true")
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display volume names
=volume prune	0	docker volume prune [OPTIONS]
:Remove unused local volumes
-all,a	bool	Remove all unused volumes, not just anonymous ones
-filter	filter	Provide filter values (e.g. "label=<label>")
-force,f	bool	Do not prompt for confirmation
=volume rm	1+	docker volume rm [OPTIONS] VOLUME [VOLUME...]
~docker volume rm, docker volume remove
:Remove one or more volumes. You cannot remove a volume that is in use by a container.
-force,f	bool	Force the removal of one or more volumes
=swarm		docker swarm COMMAND
:Manage Swarm
[Commands
+init
+join
=swarm init	0	docker swarm init [OPTIONS]
:Initialize a swarm
-advertise-addr	string	Advertised address (format: "<ip|interface>[:port]")
-autolock	bool	Enable manager autolocking (requiring an unlock key to start a stopped manager)
-availability	string	Availability of the node ("active", "pause", "drain") (default "active")
-cert-expiry	duration	Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)
-data-path-addr	string	Address or interface to use for data path traffic (format: "<ip|interface>")
-data-path-port	uint32	Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.
-default-addr-pool	ipNetSlice	default address pool in CIDR format (default [])
-default-addr-pool-mask-length	uint32	default address pool subnet mask length (default 24)
-dispatcher-heartbeat	duration	Dispatcher heartbeat period (ns|us|ms|s|m|h) (default 5s)
-external-ca	external-ca	Specifications of one or more certificate signing endpoints
-force-new-cluster	bool	Force create a new cluster from current state
-listen-addr	node-addr	Listen address (format: "<ip|interface>[:port]") (default 0.0.0.0:2377)
-max-snapshots	uint	Number of additional Raft snapshots to retain
-snapshot-interval	uint	Number of log entries between Raft snapshots (default 10000)
-task-history-limit	int	Task history retention limit (default 5)
=swarm join	1	docker swarm join [OPTIONS] HOST:PORT
:Join a swarm as a node and/or manager
-advertise-addr	string	Advertised address (format: "<ip|interface>[:port]")
-availability	string	Availability of the node ("active", "pause", "drain") (default "active")
-data-path-addr	string	Address or interface to use for data path traffic (format: "<ip|interface>")
-listen-addr	node-addr	Listen address (format: "<ip|interface>[:port]") (default 0.0.0.0:2377)
-token	string	Token for entry into the swarm
=attach	1	docker attach [OPTIONS] CONTAINER	container attach
=commit	1-2	docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]	container commit
=cp	2	docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-	container cp
=create	1+	docker create [OPTIONS] IMAGE [COMMAND] [ARG...]	container create
=diff	1	docker diff CONTAINER	container diff
=events	0	docker events [OPTIONS]	system events
=export	1	docker export [OPTIONS] CONTAINER	container export
=history	1	docker history [OPTIONS] IMAGE	image history
=import	1+	docker import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]	image import
=inspect	1+	docker inspect [OPTIONS] NAME|ID [NAME|ID...]
:Return low-level information on Docker objects
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-size,s	bool	Display total file sizes if the type is container
-type	string	Only inspect objects of the given type
=kill	1+	docker kill [OPTIONS] CONTAINER [CONTAINER...]	container kill
=load	0	docker load [OPTIONS]	image load
=logs	1	docker logs [OPTIONS] CONTAINER	container logs
=pause	1+	docker pause CONTAINER [CONTAINER...]	container pause
=port	1-2	docker port CONTAINER [PRIVATE_PORT[/PROTO]]	container port
=rename	2	docker rename CONTAINER NEW_NAME	container rename
=restart	1+	docker restart [OPTIONS] CONTAINER [CONTAINER...]	container restart
=rm	1+	docker rm [OPTIONS] CONTAINER [CONTAINER...]	container rm
=rmi	1+	docker rmi [OPTIONS] IMAGE [IMAGE...]	image rm
=save	1+	docker save [OPTIONS] IMAGE [IMAGE...]	image save
=start	1+	docker start [OPTIONS] CONTAINER [CONTAINER...]	container start
=stats	*	docker stats [OPTIONS] [CONTAINER...]	container stats
=stop	1+	docker stop [OPTIONS] CONTAINER [CONTAINER...]	container stop
=tag	2	docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]	image tag
=top	1+	docker top CONTAINER [ps OPTIONS]	container top
=unpause	1+	docker unpause CONTAINER [CONTAINER...]	container unpause
=update	1+	docker update [OPTIONS] CONTAINER [CONTAINER...]	container update
=wait	1+	docker wait CONTAINER [CONTAINER...]	container wait
`;
}
