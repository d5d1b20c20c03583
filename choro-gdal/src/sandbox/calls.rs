//! Seccomp: the system calls that reading takes, and no others. A call that is not listed fails as on a kernel that does not have
//! it (`ENOSYS`), which libraries expect of new calls: the C library then starts its threads the older way, which can be told apart
//! from starting a process.

use crate::input::Database;
use anyhow::{Context as _, Result};
use libc::c_long;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen::Dword, SeccompCmpArgLen::Qword, SeccompCmpOp as Op,
    SeccompCondition as Condition, SeccompFilter, SeccompRule as Rule,
};
use std::collections::BTreeMap;

type Rules = Vec<(c_long, Vec<Rule>)>;

/// Memory, threads, time, signals to itself, files as landlock leaves them, and writing to what is open.
const ALWAYS: &[c_long] = &[
    // Memory.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_membarrier,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_get_mempolicy,
    // Threads and the end.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_get_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    // Signals.
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // Time, chance, who and where it is.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_getcpu,
    libc::SYS_getcwd,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_getrandom,
    libc::SYS_getrusage,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_getuid,
    libc::SYS_nanosleep,
    libc::SYS_sysinfo,
    libc::SYS_times,
    libc::SYS_uname,
    // Files.
    libc::SYS_close,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_fadvise64,
    libc::SYS_fcntl,
    libc::SYS_flock,
    libc::SYS_fstat,
    libc::SYS_fstatfs,
    libc::SYS_getdents64,
    libc::SYS_lseek,
    libc::SYS_newfstatat,
    libc::SYS_openat,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_read,
    libc::SYS_readahead,
    libc::SYS_readlinkat,
    libc::SYS_readv,
    libc::SYS_statfs,
    libc::SYS_statx,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_ppoll,
];

/// The older forms of these calls, which only this processor has.
#[cfg(target_arch = "x86_64")]
const OLDER: &[c_long] = &[
    libc::SYS_access,
    libc::SYS_arch_prctl,
    libc::SYS_getdents,
    libc::SYS_getrlimit,
    libc::SYS_lstat,
    libc::SYS_open,
    libc::SYS_poll,
    libc::SYS_readlink,
    libc::SYS_stat,
    libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[c_long] = &[];

/// Talk over a connection. Nothing is taken from others: no bind, no listen, no accept.
const CONNECTED: &[c_long] = &[
    libc::SYS_connect,
    libc::SYS_getpeername,
    libc::SYS_getsockname,
    libc::SYS_getsockopt,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_sendmsg,
    libc::SYS_sendto,
    libc::SYS_setsockopt,
    libc::SYS_shutdown,
];

/// Questions about an open file, and blocking or not; `ioctl` can do much else.
const QUESTIONS: [u64; 4] = [libc::TCGETS, libc::FIONBIO, libc::FIONREAD, libc::FIOCLEX];

/// Leaves only the calls that reading takes.
pub fn close(database: Option<&Database>) -> Result<()> {
    let rules = rules(database)?.into_iter().collect::<BTreeMap<_, _>>();
    let missing = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into()?;
    let program: BpfProgram = SeccompFilter::new(rules, missing, SeccompAction::Allow, arch)?.try_into()?;
    seccompiler::apply_filter(&program).context("this kernel has no seccomp, or it may not be used here")
}

fn rules(database: Option<&Database>) -> Result<Rules, BackendError> {
    let always = |calls: &[c_long]| calls.iter().map(|call| (*call, Vec::new())).collect::<Rules>();
    let mut rules = [always(ALWAYS), always(OLDER), limited()?].concat();
    if let Some(database) = database {
        rules.extend(always(CONNECTED));
        rules.push((libc::SYS_socket, sockets(database)?));
    }
    Ok(rules)
}

/// Calls that may do one thing and not another.
fn limited() -> Result<Rules, BackendError> {
    let thread = libc::CLONE_THREAD.unsigned_abs().into();
    let own = u64::from(std::process::id());
    let questions = QUESTIONS.iter().map(|question| Rule::new(vec![Condition::new(1, Dword, Op::Eq, *question)?]));
    Ok(vec![
        // A thread, never a process.
        (libc::SYS_clone, vec![Rule::new(vec![Condition::new(0, Qword, Op::MaskedEq(thread), thread)?])?]),
        // To itself, as `abort` does.
        (libc::SYS_tgkill, vec![Rule::new(vec![Condition::new(0, Dword, Op::Eq, own)?])?]),
        // Its own limits, asked for and not set: root could raise them.
        (
            libc::SYS_prlimit64,
            vec![Rule::new(vec![Condition::new(0, Dword, Op::Eq, 0)?, Condition::new(2, Qword, Op::Eq, 0)?])?],
        ),
        (libc::SYS_ioctl, questions.collect::<Result<_, _>>()?),
    ])
}

/// Streams of the families by which the database is reached: over TCP, or within the machine.
fn sockets(database: &Database) -> Result<Vec<Rule>, BackendError> {
    /// The kind without its flags.
    const KIND: u64 = 0xF;
    let families: &[i32] = if database.local { &[libc::AF_UNIX] } else { &[libc::AF_INET, libc::AF_INET6] };
    let stream = libc::SOCK_STREAM.unsigned_abs().into();
    let rule = |family: &i32| {
        let family = Condition::new(0, Dword, Op::Eq, family.unsigned_abs().into())?;
        Rule::new(vec![family, Condition::new(1, Dword, Op::MaskedEq(KIND), stream)?])
    };
    families.iter().map(rule).collect()
}
