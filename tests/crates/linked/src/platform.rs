//! What a processor needs to run a program, where there is nothing else: an entry, an end, and memory that is
//! copied. Linux is asked for the end only.

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

unsafe extern "C" {
    /// Nobody has it: what refers to it does not link.
    safe fn a_panic_can_be_reached() -> !;
    /// Nobody has it either.
    safe fn an_allocation_can_be_reached() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    a_panic_can_be_reached()
}

struct Nowhere;

#[global_allocator]
static HEAP: Nowhere = Nowhere;

// SAFETY: no function returns.
unsafe impl GlobalAlloc for Nowhere {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        an_allocation_can_be_reached()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {
        an_allocation_can_be_reached()
    }
}

// The processor starts here, with the stack as Linux leaves it: aligned, and without a caller.
#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    ".globl _start",
    ".section .text._start,\"ax\"",
    "_start:",
    "xor ebp, ebp",
    "call {run}",
    "mov edi, eax",
    "mov eax, 60",
    "syscall",
    run = sym crate::figures::wrong
);
#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    ".globl _start",
    ".section .text._start,\"ax\"",
    "_start:",
    "bl {run}",
    "mov x8, 93",
    "svc 0",
    run = sym crate::figures::wrong
);

/// Copies bytes: rustc calls it for arrays.
///
/// # Safety
///
/// Both places have that many bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    let mut at = 0;
    while at < count {
        // SAFETY: `at` is inside. Volatile, or rustc makes a call of this function of the loop.
        unsafe { to.add(at).write_volatile(from.add(at).read()) };
        at += 1;
    }
    to
}

/// Copies bytes between places that may overlap.
///
/// # Safety
///
/// Both places have that many bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    if to.cast_const() <= from {
        // SAFETY: as here; bytes are read before they are written to.
        return unsafe { memcpy(to, from, count) };
    }
    let mut at = count;
    while at > 0 {
        at -= 1;
        // SAFETY: `at` is inside.
        unsafe { to.add(at).write_volatile(from.add(at).read()) };
    }
    to
}

/// Fills bytes.
///
/// # Safety
///
/// The place has that many bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, count: usize) -> *mut u8 {
    let mut at = 0;
    while at < count {
        // SAFETY: `at` is inside.
        unsafe { to.add(at).write_volatile(byte.to_le_bytes()[0]) };
        at += 1;
    }
    to
}

/// Compares bytes.
///
/// # Safety
///
/// Both places have that many bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    let mut at = 0;
    while at < count {
        // SAFETY: `at` is inside.
        let (a, b) = unsafe { (a.add(at).read_volatile(), b.add(at).read_volatile()) };
        if a != b {
            return i32::from(a) - i32::from(b);
        }
        at += 1;
    }
    0
}

/// Whether bytes differ.
///
/// # Safety
///
/// Both places have that many bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    // SAFETY: as here.
    unsafe { memcmp(a, b, count) }
}

/// What the compiled `core` names for panics that unwind, of which there are none.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
