#!/bin/sh
#SBATCH --job-name=legwork
#SBATCH --array=0-63
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --requeue
# sbatch --export=ALL,LEGWORK=/opt/legwork/bin/legwork,RUN=/shared/run,AS_OF=2026-11-22,STEPS=/opt/legwork/share/legwork/examples/worker slurm.sh
exec sh "${STEPS:?is not set: where is shard.sh?}/shard.sh"
