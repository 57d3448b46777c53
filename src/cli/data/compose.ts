/**
 * docker compose and its commands, as Docker 28.5.2 knows them: name, number of arguments, usage, flags and
 * the descriptions that `--help` prints. The notation is read by ../help/catalog.ts. A function, so that nothing of
 * this costs time unless help is printed or an unknown word is looked up.
 */
export function composeCommands(): string {
  return `=compose		docker compose [OPTIONS] COMMAND
:Define and run multi-container applications with Docker
[Management Commands
+bridge
[Commands
+attach
+build
+commit
+config
+cp
+create
+down
+events
+exec
+export
+images
+kill
+logs
+ls
+pause
+port
+ps
+publish
+pull
+push
+restart
+rm
+run
+scale	Scale services 
+start
+stats
+stop
+top
+unpause
+up
+version
+volumes
+wait
+watch
-all-resources	bool	Include all resources, even those not used by services
-ansi	string	Control when to print ANSI control characters ("never"|"always"|"auto") (default "auto")
-compatibility	bool	Run compose in backward compatibility mode
-dry-run	bool	Execute command in dry run mode
-env-file	stringArray	Specify an alternate environment file
-file,f	stringArray	Compose configuration files
-parallel	int	Control max parallelism, -1 for unlimited (default -1)
-profile	stringArray	Specify a profile to enable
-progress	string	Set type of progress output (auto, tty, plain, json, quiet)
-project-directory	string	Specify an alternate working directory\\n(default: the path of the, first specified, Compose file)
-project-name,p	string	Project name
=compose bridge		docker compose bridge [OPTIONS] COMMAND
:Convert compose files into another model
[Management Commands
+transformations
[Commands
+convert
-dry-run	bool	Execute command in dry run mode
=compose bridge transformations		docker compose bridge transformations [OPTIONS] COMMAND
:Manage transformation images
[Commands
+create
+list
-dry-run	bool	Execute command in dry run mode
=compose bridge transformations create		docker compose bridge transformations create [OPTION] PATH
:Create a new transformation
-dry-run	bool	Execute command in dry run mode
-from,f	string	Existing transformation to copy (default: docker/compose-bridge-kubernetes)
=compose bridge transformations list		docker compose bridge transformations list
~docker compose bridge transformations list, docker compose bridge transformations ls
:List available transformations
-dry-run	bool	Execute command in dry run mode
-format	string	Format the output. Values: [table | json] (default "table")
-quiet,q	bool	Only display transformer names
=compose bridge convert		docker compose bridge convert
:Convert compose files to Kubernetes manifests, Helm charts, or another model
-dry-run	bool	Execute command in dry run mode
-output,o	string	The output directory for the Kubernetes resources (default "out")
-templates	string	Directory containing transformation templates
-transformation,t	stringArray	Transformation to apply to compose model (default: docker/compose-bridge-kubernetes)
=compose attach		docker compose attach [OPTIONS] SERVICE
:Attach local standard input, output, and error streams to a service's running container
-detach-keys	string	Override the key sequence for detaching from a container.
-dry-run	bool	Execute command in dry run mode
-index	int	index of the container if service has multiple replicas.
-no-stdin	bool	Do not attach STDIN
-sig-proxy	bool	Proxy all received signals to the process (default true)
=compose build		docker compose build [OPTIONS] [SERVICE...]
:Build or rebuild services
-build-arg	stringArray	Set build-time variables for services
-builder	string	Set builder to use
-check	bool	Check build configuration
-dry-run	bool	Execute command in dry run mode
-memory,m	bytes	Set memory limit for the build container. Not supported by BuildKit.
-no-cache	bool	Do not use cache when building the image
-print	bool	Print equivalent bake file
-provenance	string	Add a provenance attestation
-pull	bool	Always attempt to pull a newer version of the image
-push	bool	Push service images
-quiet,q	bool	Suppress the build output
-sbom	string	Add a SBOM attestation
-ssh	string	Set SSH authentications used when building service images. (use 'default' for using your default SSH Agent)
-with-dependencies	bool	Also build dependencies (transitively)
=compose commit		docker compose commit [OPTIONS] SERVICE [REPOSITORY[:TAG]]
:Create a new image from a service container's changes
-author,a	string	Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")
-change,c	list	Apply Dockerfile instruction to the created image
-dry-run	bool	Execute command in dry run mode
-index	int	index of the container if service has multiple replicas.
-message,m	string	Commit message
-pause,p	bool	Pause container during commit (default true)
=compose config		docker compose config [OPTIONS] [SERVICE...]
:Parse, resolve and render compose file in canonical format
-dry-run	bool	Execute command in dry run mode
-environment	bool	Print environment used for interpolation.
-format	string	Format the output. Values: [yaml | json]
-hash	string	Print the service config hash, one per line.
-images	bool	Print the image names, one per line.
-lock-image-digests	bool	Produces an override file with image digests
-models	bool	Print the model names, one per line.
-networks	bool	Print the network names, one per line.
-no-consistency	bool	Don't check model consistency - warning: may produce invalid Compose output
-no-env-resolution	bool	Don't resolve service env files
-no-interpolate	bool	Don't interpolate environment variables
-no-normalize	bool	Don't normalize compose model
-no-path-resolution	bool	Don't resolve file paths
-output,o	string	Save to file (default to stdout)
-profiles	bool	Print the profile names, one per line.
-quiet,q	bool	Only validate the configuration, don't print anything
-resolve-image-digests	bool	Pin image tags to digests
-services	bool	Print the service names, one per line.
-variables	bool	Print model variables and default values.
-volumes	bool	Print the volume names, one per line.
=compose cp		docker compose cp [OPTIONS] SERVICE:SRC_PATH DEST_PATH|-
&docker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH
:Copy files/folders between a service container and the local filesystem
-all	bool	Include containers created by the run command
-archive,a	bool	Archive mode (copy all uid/gid information)
-dry-run	bool	Execute command in dry run mode
-follow-link,L	bool	Always follow symbol link in SRC_PATH
-index	int	Index of the container if service has multiple replicas
=compose create		docker compose create [OPTIONS] [SERVICE...]
:Creates containers for a service
-build	bool	Build images before starting containers
-dry-run	bool	Execute command in dry run mode
-force-recreate	bool	Recreate containers even if their configuration and image haven't changed
-no-build	bool	Don't build an image, even if it's policy
-no-recreate	bool	If containers already exist, don't recreate them. Incompatible with --force-recreate.
-pull	string	Pull image before running ("always"|"missing"|"never"|"build") (default "policy")
-quiet-pull	bool	Pull without printing progress information
-remove-orphans	bool	Remove containers for services not defined in the Compose file
-scale	scale	Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present.
-yes,y	bool	Assume "yes" as answer to all prompts and run non-interactively
=compose down		docker compose down [OPTIONS] [SERVICES]
:Stop and remove containers, networks
-dry-run	bool	Execute command in dry run mode
-remove-orphans	bool	Remove containers for services not defined in the Compose file
-rmi	string	Remove images used by services. "local" remove only images that don't have a custom tag ("local"|"all")
-timeout,t	int	Specify a shutdown timeout in seconds
-volumes,v	bool	Remove named volumes declared in the "volumes" section of the Compose file and anonymous volumes attached to containers
=compose events		docker compose events [OPTIONS] [SERVICE...]
:Receive real time events from containers
-dry-run	bool	Execute command in dry run mode
-json	bool	Output events as a stream of json objects
-since	string	Show all events created since timestamp
-until	string	Stream events until this timestamp
=compose exec		docker compose exec [OPTIONS] SERVICE COMMAND [ARGS...]
:Execute a command in a running container
-detach,d	bool	Detached mode: Run command in the background
-dry-run	bool	Execute command in dry run mode
-env,e	stringArray	Set environment variables
-index	int	Index of the container if service has multiple replicas
-no-tty,T	bool	Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY. (default true)
-privileged	bool	Give extended privileges to the process
-user,u	string	Run the command as this user
-workdir,w	string	Path to workdir directory for this command
=compose export		docker compose export [OPTIONS] SERVICE
:Export a service container's filesystem as a tar archive
-dry-run	bool	Execute command in dry run mode
-index	int	index of the container if service has multiple replicas.
-output,o	string	Write to a file, instead of STDOUT
=compose images		docker compose images [OPTIONS] [SERVICE...]
:List images used by the created containers
-dry-run	bool	Execute command in dry run mode
-format	string	Format the output. Values: [table | json] (default "table")
-quiet,q	bool	Only display IDs
=compose kill		docker compose kill [OPTIONS] [SERVICE...]
:Force stop service containers
-dry-run	bool	Execute command in dry run mode
-remove-orphans	bool	Remove containers for services not defined in the Compose file
-signal,s	string	SIGNAL to send to the container (default "SIGKILL")
=compose logs		docker compose logs [OPTIONS] [SERVICE...]
:View output from containers
-dry-run	bool	Execute command in dry run mode
-follow,f	bool	Follow log output
-index	int	index of the container if service has multiple replicas
-no-color	bool	Produce monochrome output
-no-log-prefix	bool	Don't print prefix in logs
-since	string	Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)
-tail,n	string	Number of lines to show from the end of the logs for each container (default "all")
-timestamps,t	bool	Show timestamps
-until	string	Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)
=compose ls		docker compose ls [OPTIONS]
:List running compose projects
-all,a	bool	Show all stopped Compose projects
-dry-run	bool	Execute command in dry run mode
-filter	filter	Filter output based on conditions provided
-format	string	Format the output. Values: [table | json] (default "table")
-quiet,q	bool	Only display project names
=compose pause		docker compose pause [SERVICE...]
:Pause services
-dry-run	bool	Execute command in dry run mode
=compose port		docker compose port [OPTIONS] SERVICE PRIVATE_PORT
:Print the public port for a port binding
-dry-run	bool	Execute command in dry run mode
-index	int	Index of the container if service has multiple replicas
-protocol	string	tcp or udp (default "tcp")
=compose ps		docker compose ps [OPTIONS] [SERVICE...]
:List containers
-all,a	bool	Show all stopped containers (including those created by the run command)
-dry-run	bool	Execute command in dry run mode
-filter	string	Filter services by a property (supported filters: status)
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates (default "table")
-no-trunc	bool	Don't truncate output
-orphans	bool	Include orphaned services (not declared by project) (default true)
-quiet,q	bool	Only display IDs
-services	bool	Display services
-status	stringArray	Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]
=compose publish		docker compose publish [OPTIONS] REPOSITORY[:TAG]
:Publish compose application
-app	bool	Published compose application (includes referenced images)
-dry-run	bool	Execute command in dry run mode
-oci-version	string	OCI image/artifact specification version (automatically determined by default)
-resolve-image-digests	bool	Pin image tags to digests
-with-env	bool	Include environment variables in the published OCI artifact
-yes,y	bool	Assume "yes" as answer to all prompts
=compose pull		docker compose pull [OPTIONS] [SERVICE...]
:Pull service images
-dry-run	bool	Execute command in dry run mode
-ignore-buildable	bool	Ignore images that can be built
-ignore-pull-failures	bool	Pull what it can and ignores images with pull failures
-include-deps	bool	Also pull services declared as dependencies
-policy	string	Apply pull policy ("missing"|"always")
-quiet,q	bool	Pull without printing progress information
=compose push		docker compose push [OPTIONS] [SERVICE...]
:Push service images
-dry-run	bool	Execute command in dry run mode
-ignore-push-failures	bool	Push what it can and ignores images with push failures
-include-deps	bool	Also push images of services declared as dependencies
-quiet,q	bool	Push without printing progress information
=compose restart		docker compose restart [OPTIONS] [SERVICE...]
:Restart service containers
-dry-run	bool	Execute command in dry run mode
-no-deps	bool	Don't restart dependent services
-timeout,t	int	Specify a shutdown timeout in seconds
=compose rm		docker compose rm [OPTIONS] [SERVICE...]
:Removes stopped service containers
:
:By default, anonymous volumes attached to containers will not be removed. You
:can override this with -v. To list all volumes, use "docker volume ls".
:
:Any data which is not in a volume will be lost.
-dry-run	bool	Execute command in dry run mode
-force,f	bool	Don't ask to confirm removal
-stop,s	bool	Stop the containers, if required, before removing
-volumes,v	bool	Remove any anonymous volumes attached to containers
=compose run		docker compose run [OPTIONS] SERVICE [COMMAND] [ARGS...]
:Run a one-off command on a service
-build	bool	Build image before starting container
-cap-add	list	Add Linux capabilities
-cap-drop	list	Drop Linux capabilities
-detach,d	bool	Run container in background and print container ID
-dry-run	bool	Execute command in dry run mode
-entrypoint	string	Override the entrypoint of the image
-env,e	stringArray	Set environment variables
-env-from-file	stringArray	Set environment variables from file
-interactive,i	bool	Keep STDIN open even if not attached (default true)
-label,l	stringArray	Add or override a label
-name	string	Assign a name to the container
-no-TTY,T	bool	Disable pseudo-TTY allocation (default: auto-detected) (default true)
-no-deps	bool	Don't start linked services
-publish,p	stringArray	Publish a container's port(s) to the host
-pull	string	Pull image before running ("always"|"missing"|"never") (default "policy")
-quiet,q	bool	Don't print anything to STDOUT
-quiet-build	bool	Suppress progress output from the build process
-quiet-pull	bool	Pull without printing progress information
-remove-orphans	bool	Remove containers for services not defined in the Compose file
-rm	bool	Automatically remove the container when it exits
-service-ports,P	bool	Run command with all service's ports enabled and mapped to the host
-use-aliases	bool	Use the service's network useAliases in the network(s) the container connects to
-user,u	string	Run as specified username or uid
-volume,v	stringArray	Bind mount a volume
-workdir,w	string	Working directory inside the container
=compose scale		docker compose scale [SERVICE=REPLICAS...]
:Scale services
-dry-run	bool	Execute command in dry run mode
-no-deps	bool	Don't start linked services
=compose start		docker compose start [SERVICE...]
:Start services
-dry-run	bool	Execute command in dry run mode
=compose stats		docker compose stats [OPTIONS] [SERVICE]
:Display a live stream of container(s) resource usage statistics
-all,a	bool	Show all containers (default shows just running)
-dry-run	bool	Execute command in dry run mode
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/engine/cli/formatting/ for more information about formatting output with templates
-no-stream	bool	Disable streaming stats and only pull the first result
-no-trunc	bool	Do not truncate output
=compose stop		docker compose stop [OPTIONS] [SERVICE...]
:Stop services
-dry-run	bool	Execute command in dry run mode
-timeout,t	int	Specify a shutdown timeout in seconds
=compose top		docker compose top [SERVICES...]
:Display the running processes
-dry-run	bool	Execute command in dry run mode
=compose unpause		docker compose unpause [SERVICE...]
:Unpause services
-dry-run	bool	Execute command in dry run mode
=compose up		docker compose up [OPTIONS] [SERVICE...]
:Create and start containers
-abort-on-container-exit	bool	Stops all containers if any container was stopped. Incompatible with -d
-abort-on-container-failure	bool	Stops all containers if any container exited with failure. Incompatible with -d
-always-recreate-deps	bool	Recreate dependent containers. Incompatible with --no-recreate.
-attach	stringArray	Restrict attaching to the specified services. Incompatible with --attach-dependencies.
-attach-dependencies	bool	Automatically attach to log output of dependent services
-build	bool	Build images before starting containers
-detach,d	bool	Detached mode: Run containers in the background
-dry-run	bool	Execute command in dry run mode
-exit-code-from	string	Return the exit code of the selected service container. Implies --abort-on-container-exit
-force-recreate	bool	Recreate containers even if their configuration and image haven't changed
-menu	bool	Enable interactive shortcuts when running attached. Incompatible with --detach. Can also be enable/disable by setting COMPOSE_MENU environment var.
-no-attach	stringArray	Do not attach (stream logs) to the specified services
-no-build	bool	Don't build an image, even if it's policy
-no-color	bool	Produce monochrome output
-no-deps	bool	Don't start linked services
-no-log-prefix	bool	Don't print prefix in logs
-no-recreate	bool	If containers already exist, don't recreate them. Incompatible with --force-recreate.
-no-start	bool	Don't start the services after creating them
-pull	string	Pull image before running ("always"|"missing"|"never") (default "policy")
-quiet-build	bool	Suppress the build output
-quiet-pull	bool	Pull without printing progress information
-remove-orphans	bool	Remove containers for services not defined in the Compose file
-renew-anon-volumes,V	bool	Recreate anonymous volumes instead of retrieving data from the previous containers
-scale	scale	Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present.
-timeout,t	int	Use this timeout in seconds for container shutdown when attached or when containers are already running
-timestamps	bool	Show timestamps
-wait	bool	Wait for services to be running|healthy. Implies detached mode.
-wait-timeout	int	Maximum duration in seconds to wait for the project to be running|healthy
-watch,w	bool	Watch source code and rebuild/refresh containers when files are updated.
-yes,y	bool	Assume "yes" as answer to all prompts and run non-interactively
=compose version		docker compose version [OPTIONS]
:Show the Docker Compose version information
-dry-run	bool	Execute command in dry run mode
-format,f	string	Format the output. Values: [pretty | json]. (Default: pretty)
-short	bool	Shows only Compose's version number
=compose volumes		docker compose volumes [OPTIONS] [SERVICE...]
:List volumes
-dry-run	bool	Execute command in dry run mode
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates (default "table")
-quiet,q	bool	Only display volume names
=compose wait		docker compose wait SERVICE [SERVICE...] [OPTIONS]
:Block until containers of all (or specified) services stop.
-down-project	bool	Drops project when the first container stops
-dry-run	bool	Execute command in dry run mode
=compose watch		docker compose watch [SERVICE...]
:Watch build context for service and rebuild/refresh containers when files are updated
-dry-run	bool	Execute command in dry run mode
-no-up	bool	Do not build & start services before watching
-prune	bool	Prune dangling images on rebuild (default true)
-quiet	bool	hide build output
`;
}
