/*
 * Copyright 2026-present the shmbeans authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

/*
 * The cross-process lock of io.github.shmbeans.internal.lock: LockWord, whose methods are
 * the steps, FutexLock, Contender and Sleeper, which take them, and what Attachments and
 * Segment do for it. Names are those of the code. Each access to shared memory is a step
 * of its own.
 * docs/locking.md explains the protocol, docs/model/check runs the configurations.
 *
 * A process has one contender, for its queue lets one thread through. Spinning is not
 * modelled: it is the fast path, tried again.
 *
 * Configuration, by -D:
 *   N=3         processes, 2 or 3
 *   ROUNDS=1    how often each thread acquires the lock
 *   CRASHES=0   how many processes die, at any step
 *   REATTACH    another process joins in the slot of one that died; it may die at any step
 *   RIVAL       with REATTACH: one more process tries to join in the first slot at any moment
 *   STOPPED     with REATTACH: a process that joins may be stopped for ever at any step
 *   TIMED       a wait may have a timeout, which may be over at any moment
 *   SLICE       a sleep may end with its slice, at any moment; without, only a wake-up ends it
 *   SLICES=0    without SLICE: how many sleeps may end with their slice
 *   SPURIOUS=0  how many sleeps may end without a reason
 *   INTENTS     threads write, or read or store whole elements, or read and then write
 *   ROLES       of these, each process always does the same
 *   BARGER      the first process has a second thread, which calls tryLock() only
 *   TRYING      the first process polls with tryLock()
 *   VIRTUAL     a sleeper is a virtual thread and may be interrupted
 *   FORCE       an operator calls forceUnlock() once
 *   CLOSE       the first process closes the segment at some moment
 *   STARVE      the last process waits once, the others come again and again
 *   LIVE        check that everybody gets through, under weak fairness
 * and M_...: a step left out or done wrong. Each must make a check fail.
 */

#ifndef N
#define N 3
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef CRASHES
#define CRASHES 0
#endif
#ifndef SLICES
#define SLICES 0
#endif
#ifndef SPURIOUS
#define SPURIOUS 0
#endif
#if defined(BARGER) || defined(RIVAL)
#define THREADS (N + 1)
#else
#define THREADS N
#endif
#if defined(FORCE) || defined(CLOSE)
#define OTHERS 1
#else
#define OTHERS 0
#endif

/* LockWord: the owner word. Its high half is in the middle here, to make it small. */
#define FREE 0
#define SLOT 3 /* slot + 1 */
#define EPOCH 28
#define WHOLE 32
#define RESERVED 64
#define WAITERS 128
#define ORPHANED WAITERS /* held by nobody: its owner was put out by force */
#define SUSPECT (RESERVED | WAITERS) /* free, but look whether the data is inconsistent */
#define of(slot, epoch) ((slot) + 1 + ((epoch) << 2))
#define slot_of(word) (((word) & SLOT) - 1)
#define epoch_of(word) (((word) & EPOCH) >> 2)
#define identity(word) ((word) & (SLOT | EPOCH))
#define low_half(word) ((word) & ~EPOCH)
#define isFree(word) ((word) == FREE || (word) == SUSPECT)
#define isReserved(word) (((word) & RESERVED) != 0)
#define isNobodys(word) (((word) & SLOT) == 0)
#define isOwnOrNobodys(word) (isNobodys(word) || identity(word) == self)
#define isHeld(word) (((word) & SLOT) != 0 && !isReserved(word))
#define isHeldBy(word, self) (isHeld(word) && identity(word) == (self))

/* LockWord: all words */
byte owner;
byte successor;
byte sleepers;
bool inconsistent;

/* Attachments: whether the bytes of a slot are locked, and the epoch that stands in it. */
bool locked[N];
#ifdef REATTACH
bool joining[N]; /* JOINING: locked while a process takes the slot */
#endif
byte epoch[N];
#define isCurrent(word) (((word) & SLOT) != 0 && epoch[slot_of(word)] == epoch_of(word))
#define isLocked(word) (slot_of(word) == slot || (locked[slot_of(word)] && !hasLeft))

/* The kernel: who sleeps on the owner word. */
bool sleeping[N];
#ifdef VIRTUAL
/* The deputies of virtual threads that have left: asleep, or woken in the place of others. */
bool deputy[N];
byte woken;
#endif

#ifdef CLOSE
/* In the heap of the first process. */
bool closed;
bool left;
#define isClosed (closed && slot == 0)
#define hasLeft (left && slot == 0)
#else
#define isClosed false
#define hasLeft false
#endif

/* What only the checks see. */
byte self_of[N]; /* the identity of each attachment */
bool dead[N]; /* its process is no more, or has unmapped the segment */
#define isGone (dead[slot] || self_of[slot] != self)
byte inside; /* who is in the critical section: slot + 1 */
bool half; /* the data is half-written */
bool owed; /* a death is to be reported, and nobody has done it yet */
byte running = THREADS + OTHERS; /* who is not through */
#if SLICES > 0
byte slices = SLICES;
#endif
#if SPURIOUS > 0
byte spurious = SPURIOUS;
#endif
#ifdef FORCE
byte ousted; /* whose lock was freed by force: slot + 1 */
#define isOusted (ousted == slot + 1)
#else
#define isOusted false
#endif
#ifdef STARVE
bool served;
#endif

#if defined(TRYING)
#define isTrying (id == 0)
#elif defined(BARGER)
#define isTrying (id == N)
#else
#define isTrying false
#endif

#ifdef M_DROP_WAITERS
#define kept(found) 0
#else
#define kept(found) ((found) & WAITERS)
#endif
#ifdef M_KEEP_WHOLE
#define heir_to(found) word
#else
#define heir_to(found) (word & ((found) | ~WHOLE))
#endif

#if defined(M_NO_ANNOUNCE)
#define mayAnnounce false
#elif defined(M_ANNOUNCE_ONCE)
#define mayAnnounce (!announced)
#else
#define mayAnnounce true
#endif

inline casOwner(expected, next) {
	if
	:: owner == (expected) -> owner = next; ok = 1
	:: else -> ok = 0
	fi
}

inline casSuccessor(expected, next) {
	if
	:: successor == (expected) -> successor = next
	:: else
	fi
}

/* The kernel may choose any sleeper. */
inline wakeOne() {
	if
	:: sleeping[0] -> sleeping[0] = 0
	:: sleeping[1] -> sleeping[1] = 0
#if N > 2
	:: sleeping[2] -> sleeping[2] = 0
#endif
#ifdef VIRTUAL
	:: deputy[0] -> deputy[0] = 0; woken++
	:: deputy[1] -> deputy[1] = 0; woken++
#if N > 2
	:: deputy[2] -> deputy[2] = 0; woken++
#endif
#endif
	:: else
	fi
}

inline wakeAll() {
	sleeping[0] = 0;
	sleeping[1] = 0;
#if N > 2
	sleeping[2] = 0;
#endif
#ifdef VIRTUAL
	deputy[0] = 0;
	deputy[1] = 0;
#if N > 2
	deputy[2] = 0;
#endif
#endif
}

/* A death is reported once, and nothing else is. */
inline setInconsistent() {
	assert(owed);
	inconsistent = 1;
	owed = 0
}

/* From here on, the threads of a process do nothing any more that others could see. */
inline vanish(slot) {
	dead[slot] = 1;
	sleeping[slot] = 0;
	if
	:: inside == slot + 1 -> inside = 0
	:: else
	fi
}

inline raiseEpoch() {
	epoch[slot]++;
	self = of(slot, epoch[slot]);
	assert(epoch_of(self) == epoch[slot])
}

inline lockSlot() {
#ifdef M_NO_JOINING
	/* Without JOINING, another process may have it. */
	if
	:: locked[slot] -> goto through
	:: else
	fi;
#endif
	assert(!locked[slot]);
	locked[slot] = 1
}

inline forget() {
	found = 0;
	lastFound = 0;
	heir = 0;
	ok = 0;
	announced = 0;
	timed = 0;
	upgrade = 0;
	interrupted = 0;
	suspect = 0;
	word = 0
}

#ifdef M_FREE_SUSPECT
#define FREED FREE
#else
#define FREED (inconsistent * SUSPECT) /* FREE unless inconsistent */
#endif
#ifdef M_WITHDRAWN_FREE
#define WITHDRAWN FREE
#else
#define WITHDRAWN SUSPECT
#endif

/* tryTake() has taken the lock. */
#define TAKEN \
	if \
	:: isTrying -> goto acquired \
	:: else -> goto taken \
	fi

/* tryTake() has not. */
#ifdef M_ANNOUNCE_LATE
#define wait_for late
#else
#define wait_for wait
#endif
#define NOT_TAKEN \
	if \
	:: isTrying -> goto not_taken \
	:: else -> goto wait_for \
	fi

/* Between two steps of join(), a process may be killed or stopped. */
#ifdef STOPPED
#define MAY_END(killed) \
	if \
	:: true \
	:: goto killed \
	:: goto through \
	fi
#else
#define MAY_END(killed) \
	if \
	:: true \
	:: goto killed \
	fi
#endif

proctype thread(byte id; byte slot) {
	byte self, word, found, lastFound, heir, rounds;
	bool ok, announced, timed, upgrade, interrupted, suspect;
#ifdef STARVE
	bool looks; /* whether the next release looks for a successor */
#endif

#ifdef RIVAL
	if
	:: id == N -> goto join
	:: else
	fi;
#endif
	self = self_of[slot];
attach:
	{
		skip;
next:
		atomic {
			forget();
			if
#ifdef STARVE
			:: slot == N - 1 && rounds == 1 -> goto through
			:: slot == N - 1 && rounds == 0 -> rounds = 1
			:: else
#else
			:: rounds == ROUNDS || isClosed -> goto through
			:: else -> rounds++
#endif
			fi;
			word = self;
#ifdef INTENTS
			if
			:: true
			:: word = self | WHOLE
			:: word = self | WHOLE; upgrade = 1
			fi;
#endif
#ifdef ROLES
			if
			:: slot == 0 -> word = self | WHOLE
			:: slot == 1
			:: slot == 2 -> word = self | WHOLE; upgrade = 1
			fi;
#endif
#ifdef TIMED
			if
			:: true
			:: timed = 1
			fi;
#endif
#ifdef VIRTUAL
			if
			:: true
			:: interrupted = 1
			fi;
#endif
#ifdef FORCE
			if
			:: isOusted -> ousted = 0
			:: else
			fi
#endif
		};

/* LockWord.lockFast() */
lockFast:
		atomic {
			casOwner(FREE, word);
			if
			:: ok -> ok = 0; goto fast
			:: else
			fi;
			if
			:: isTrying -> goto tryLock
			:: else
			fi
		};

/* Contender.run() */
		atomic { sleepers++ };

loop:
#ifdef CLOSE
		atomic {
			if
			:: isClosed -> goto gaveUp
			:: else
			fi
		};
#endif
/* tryOnce(), with LockWord.announce() and takeFree() */
#ifndef M_ANNOUNCE_LATE
		atomic {
			if
#ifdef STARVE
			:: slot != N - 1
			:: slot == N - 1 ->
#else
			:: true
			:: true ->
#endif
				if
				:: mayAnnounce && successor == 0 -> announced = 1; successor = self
				:: else
				fi
			fi
		};
#endif
		atomic {
			if
			:: timed -> goto gaveUp
			:: found = owner
			fi;
			if
			:: found == FREE
			:: found != FREE -> goto tryTake
			fi
		};
#ifndef M_NO_WAITERS
		atomic {
			if
			:: sleepers > 1 -> found = WAITERS
			:: else
			fi
		};
#endif
		atomic {
			casOwner(FREE, word | found);
			found = 0;
			if
			:: ok -> ok = 0; goto taken
			:: else -> goto loop
			fi
		};

/* FutexLock.tryLock() */
tryLock:
		atomic {
			found = owner;
			if
			:: found != FREE -> goto tryTake
			:: else
			fi
		};
not_taken:
		atomic {
			found = 0;
#ifdef TRYING
			goto lockFast
#else
			goto next
#endif
		};

/* LockWord.tryTake() */
tryTake:
		atomic {
			if
			:: isReserved(found) && (found == lastFound || identity(found) == self) -> goto takeReservation
			:: isReserved(found) && found != lastFound && identity(found) != self ->
#ifdef M_RESERVED_FOR_EVER
				NOT_TAKEN
#else
				if
				:: successor == identity(found)
				:: else -> goto takeReservation
				fi
#endif
			:: !isReserved(found)
			fi
		};
/* Attachments.isAlive() */
#ifndef M_NO_EPOCH
		atomic {
			if
			:: isCurrent(found)
			:: !isCurrent(found) && isReserved(found) -> goto takeReservation
			:: !isCurrent(found) && !isReserved(found) -> goto takeFromDead
			fi
		};
#endif
		atomic {
			if
			:: isLocked(found) -> NOT_TAKEN
			:: !isLocked(found) && isReserved(found) -> goto takeReservation
			:: !isLocked(found) && !isReserved(found) -> goto takeFromDead
			fi
		};

takeReservation:
		atomic {
			casOwner(found, word | kept(found));
			if
			:: ok -> ok = 0
#ifndef M_SLEEP_ON_OWN
			:: !ok && isOwnOrNobodys(found) && !isTrying -> goto loop
			:: !ok && !(isOwnOrNobodys(found) && !isTrying) -> NOT_TAKEN
#else
			:: else -> NOT_TAKEN
#endif
			fi
		};
		atomic {
			casSuccessor(identity(found), 0);
			TAKEN
		};

takeFromDead:
#ifdef M_MARK_FIRST
		atomic {
			if
			:: !(found & WHOLE) -> setInconsistent()
			:: else
			fi
		};
#endif
		atomic {
			casOwner(found, heir_to(found) | kept(found));
#ifdef M_NO_CAS
			owner = heir_to(found) | kept(found);
			ok = 1;
#endif
			assert(!ok || found == ORPHANED || dead[slot_of(found)] || self_of[slot_of(found)] != identity(found));
			if
#ifndef M_SLEEP_ON_OWN
			:: !ok && isOwnOrNobodys(found) && !isTrying -> goto loop
			:: !ok && !(isOwnOrNobodys(found) && !isTrying) -> NOT_TAKEN
#else
			:: !ok -> NOT_TAKEN
#endif
			:: ok && (found & WHOLE) -> ok = 0; TAKEN
			:: ok && !(found & WHOLE) -> ok = 0
			fi
		};
		atomic {
#ifndef M_MARK_FIRST
			setInconsistent();
#endif
			TAKEN
		};

/* Contender.tryOnce(), from here on */
#ifdef M_ANNOUNCE_LATE
late:
		atomic {
			if
#ifdef STARVE
			:: slot != N - 1
			:: slot == N - 1 ->
#else
			:: true
			:: true ->
#endif
				if
				:: mayAnnounce && successor == 0 -> announced = 1; successor = self
				:: else
				fi
			fi
		};
#endif
wait:
/* LockWord.setWaiters() */
		atomic {
			if
			:: found & WAITERS -> goto sleep
			:: else -> casOwner(found, found | WAITERS)
			fi;
			if
			:: ok -> ok = 0; found = found | WAITERS
			:: else -> goto loop
			fi
		};
/* LockWord.sleep() */
sleep:
		atomic {
			if
			:: low_half(owner) == low_half(found) -> sleeping[slot] = 1
			:: else -> goto loop
			fi
		};
		atomic {
			if
			:: !sleeping[slot] -> lastFound = FREE
			:: sleeping[slot] && timed -> sleeping[slot] = 0; goto gaveUp
#ifdef SLICE
			:: sleeping[slot] -> sleeping[slot] = 0; lastFound = found
#endif
#if SLICES > 0
			:: sleeping[slot] && slices > 0 -> slices--; sleeping[slot] = 0; lastFound = found
#endif
#ifdef STARVE
			:: sleeping[slot] && slot == N - 1 -> sleeping[slot] = 0; lastFound = found
#endif
#if SPURIOUS > 0
			:: sleeping[slot] && spurious > 0 -> spurious--; sleeping[slot] = 0; lastFound = FREE
#endif
#ifdef VIRTUAL
			:: sleeping[slot] && interrupted -> sleeping[slot] = 0; deputy[slot] = 1; interrupted = 0; lastFound = FREE
			:: sleeping[slot] && interrupted -> sleeping[slot] = 0; deputy[slot] = 1; interrupted = 0; goto gaveUp
#endif
			fi;
			found = 0;
			goto loop
		};

/* Contender.run(), the end of it */
taken:
		atomic {
			sleepers--;
			found = 0;
			lastFound = 0;
			if
			:: !announced -> goto acquired
			:: else
			fi
		};
		atomic { casSuccessor(self, 0); goto acquired };

gaveUp:
		atomic { sleepers--; lastFound = 0 };
/* LockWord.withdraw() */
		atomic {
			if
			:: announced -> casSuccessor(self, 0)
			:: else
			fi
		};
#ifndef M_KEEP_RESERVATION
		atomic { found = owner };
		atomic {
			if
			:: isReserved(found) && identity(found) == self -> casOwner(found, WITHDRAWN); ok = 0
			:: else
			fi
		};
#endif
#ifdef M_NO_PASSING_ON
		goto next;
#endif
passOn:
		atomic {
			if
			:: sleepers == 0 -> goto next
			:: else
			fi
		};
		atomic { found = owner };
		atomic {
			if
			:: isFree(found) -> wakeOne(); goto next
			:: else -> casOwner(found, found | WAITERS)
			fi;
			if
			:: ok -> goto next
			:: else -> goto passOn
			fi
		};

/* FutexLock.ownSlowly() */
acquired:
		atomic {
			found = 0;
			announced = 0;
			suspect = inconsistent
		};
/* FutexLock.requireSound() */
fast:
#ifdef CLOSE
		atomic {
			if
			:: isClosed -> goto exit
			:: else
			fi
		};
#endif
		atomic {
			if
			:: isOusted -> goto exit
			:: else
			fi;
			if
			:: suspect -> upgrade = 0
			:: else -> goto critical
			fi
		};
/* recoverOrReport() */
repair:
		atomic {
			if
			:: word & WHOLE -> found = owner
			:: else -> goto repaired
			fi
		};
		atomic {
			if
			:: isHeldBy(found, self) -> casOwner(found, found & ~WHOLE)
			:: else -> ok = 1
			fi;
			if
			:: ok -> ok = 0; word = word & ~WHOLE
			:: else
			fi;
			found = 0;
			goto repair
		};
repaired:
		atomic {
			if
			:: goto exit
			:: assert(inside == 0); inside = slot + 1; half = 1
			fi
		};
		atomic {
			if
			:: inside == slot + 1 -> half = 0; inside = 0
			:: else
			fi
		};
		atomic { inconsistent = 0; suspect = 0 };

critical:
		atomic {
			if
			:: isOusted -> goto exit
			:: else
			fi;
			assert(inside == 0);
			assert(!half);
			assert(!owed);
			assert(!inconsistent);
			inside = slot + 1;
			if
			:: !(word & WHOLE) -> half = 1
			:: else
			fi;
#ifdef STARVE
			served = served || slot == N - 1
#endif
		};
/* FutexLock.reenter(), LockWord.clearWhole() */
clearWhole:
		atomic {
			if
			:: upgrade && (word & WHOLE) -> found = owner
			:: !(upgrade && (word & WHOLE)) ->
				if
				:: inside == slot + 1 && upgrade -> half = 1
				:: else
				fi;
				goto written
			fi
		};
		atomic {
			if
			:: isHeldBy(found, self) -> casOwner(found, found & ~WHOLE)
			:: else -> ok = 1
			fi;
#ifdef M_NO_CLEARING
			owner = found;
			ok = 1;
#endif
			if
			:: ok -> ok = 0; word = word & ~WHOLE
			:: else
			fi;
			found = 0;
			goto clearWhole
		};
written:
		atomic {
			if
			:: inside == slot + 1 -> half = 0; inside = 0
			:: else
			fi
		};

/* It looks for a successor after some of the acquisitions, but again and again. */
exit:
		atomic {
			if
			:: suspect -> suspect = 0; goto release
#ifdef STARVE
			:: !suspect && looks -> looks = 0; goto release
			:: !suspect && !looks -> looks = 1
#else
			:: !suspect -> goto release
			:: !suspect
#endif
			fi
		};
/* LockWord.unlockFast() */
		atomic {
			casOwner(word, FREE);
			if
			:: ok -> goto next
			:: else
			fi
		};

/* LockWord.release() */
release:
		atomic {
			found = owner;
			if
			:: isHeldBy(found, self)
			:: else -> assert(isClosed || isOusted); goto next
			fi
		};
		atomic {
			heir = successor;
			if
			:: heir == 0 -> goto free
			:: else
			fi
		};
/* handOver() */
		atomic {
			casOwner(found, heir | RESERVED | WAITERS);
			if
			:: ok -> ok = 0
			:: else -> goto release
			fi
		};
#ifndef M_NO_RECHECK
		atomic {
			if
			:: successor == heir -> goto wake
			:: else
			fi
		};
		atomic { casOwner(heir | RESERVED | WAITERS, WITHDRAWN); ok = 0 };
#endif
wake:
		atomic {
#ifdef M_WAKE_ONE
			wakeOne();
#else
			wakeAll();
#endif
			goto next
		};
free:
		atomic {
			casOwner(found, FREED);
			if
			:: !ok -> goto release
			:: ok && !(found & WAITERS) -> goto next
			:: ok && (found & WAITERS) -> ok = 0
			fi
		};
		atomic { wakeOne(); goto next }
	} unless {
		isGone -> forget()
	};
#ifdef REATTACH
	/* Attachments.join(), by another process. It tries this slot only. */
join:
	atomic {
		rounds = 0;
		self = 0;
#ifndef M_NO_JOINING
		if
		:: joining[slot] -> goto through
		:: else -> joining[slot] = 1
		fi
#endif
	};
	atomic {
		MAY_END(unlockJoining);
		if
		:: locked[slot] -> goto unlockJoining
		:: else
		fi
	};
#ifndef M_BYTE_FIRST
	atomic { MAY_END(unlockJoining); raiseEpoch() };
	atomic { MAY_END(unlockJoining); lockSlot() };
#else
	atomic { MAY_END(unlockJoining); lockSlot() };
	atomic { MAY_END(unlockBoth); raiseEpoch() };
#endif
	atomic {
		MAY_END(unlockBoth);
		joining[slot] = 0;
		self_of[slot] = self;
		dead[slot] = 0;
		goto attach
	};

/* The kernel frees the bytes of a process that died, in any order. */
unlockBoth:
	if
	:: locked[slot] = 0
	:: joining[slot] = 0; locked[slot] = 0; goto through
	fi;
unlockJoining:
	joining[slot] = 0;
#endif

through:
	atomic { forget(); rounds = 0; self = 0; running-- }
}

#ifdef VIRTUAL
/* Sleeper: a deputy that was woken in the place of another passes it on. */
proctype deputies() {
end:
	do
	:: atomic {
			woken > 0 -> woken--;
#ifndef M_DEPUTY_KEEPS
			wakeOne()
#endif
		}
	od
}
#endif

#ifdef FORCE
/* LockWord.force() */
proctype operator() {
	byte found;
	bool ok;
	bool marked;
retry:
	atomic {
		found = owner;
		if
		:: isHeld(found)
		:: else -> goto done
		fi
	};
#ifdef M_MARK_BEFORE_FORCE
	atomic { inconsistent = 1; marked = 1 };
	atomic {
		casOwner(found, FREE);
#else
	atomic {
		casOwner(found, ORPHANED);
#endif
		if
		:: ok ->
#ifndef M_MARK_BEFORE_FORCE
			owed = 1;
#endif
			marked = 0;
			ousted = found & SLOT;
			if
			:: inside == ousted -> inside = 0
			:: else
			fi
		:: else -> goto retry
		fi
	};
	atomic { wakeOne() };
done:
	atomic { assert(!marked); found = 0; ok = 0; running-- }
}
#endif

#ifdef CLOSE
/* FutexLock.close(), then Segment.close() */
proctype closer() {
	byte found;
	bool ok, abandoned;
	closed = 1;
	atomic { wakeAll() };
	if
	:: !isHeldBy(owner, self_of[0])
	:: isHeldBy(owner, self_of[0]) -> abandoned = 1
	fi;
#ifdef M_ABANDON_FREES
	atomic {
		if
		:: abandoned -> found = owner
		:: else
		fi
	};
	atomic {
		if
		:: isHeldBy(found, self_of[0]) -> casOwner(found, FREE); wakeOne()
		:: else
		fi
	};
#endif
#ifdef M_LEAVE_FIRST
	left = 1;
	locked[0] = 0;
#endif
	/* MappedRange.discard() */
	atomic {
		vanish(0);
		if
		:: abandoned && isHeldBy(owner, self_of[0]) && !(owner & WHOLE) -> owed = 1
		:: else
		fi
	};
#ifndef M_NO_LAST_LOOK
	/* What a thread took at the last moment is nobody's. */
again:
	atomic {
		found = owner;
		if
		:: !abandoned && isHeldBy(found, self_of[0])
		:: else -> goto gone
		fi
	};
	atomic {
		casOwner(found, FREED);
		if
		:: ok && (found & WAITERS) -> wakeOne()
		:: ok && !(found & WAITERS)
		:: !ok -> goto again
		fi
	};
gone:
#endif
	/* Attachments.leave() */
	atomic { left = 1; locked[0] = 0; found = 0; ok = 0; running-- }
}
#endif

/* Kills processes, and looks at what is left when everybody is through. */
proctype fate() {
	byte crashes, victim;
	do
	:: atomic {
			crashes < CRASHES && running > 0;
			if
			:: !dead[0] -> victim = 0
			:: !dead[1] -> victim = 1
#if N > 2
			:: !dead[2] -> victim = 2
#endif
			fi;
			crashes++;
			vanish(victim);
			if
			:: isHeldBy(owner, self_of[victim]) && !(owner & WHOLE) -> owed = 1
			:: else
			fi
		};
		atomic { locked[victim] = 0; victim = 0 }
	:: atomic { running == 0; break }
	od;
#if CRASHES > 0 || defined(FORCE) || defined(CLOSE)
	/* A thread that comes now gets the lock at its first try. */
	assert(owner == FREE || !isCurrent(owner) || !locked[slot_of(owner)]
			|| (isReserved(owner) && successor != identity(owner)))
#else
	assert(isFree(owner) && successor == 0 && sleepers == 0);
	assert(!half && !inconsistent && inside == 0)
#endif
}

init {
	byte s;
	atomic {
		do
		:: s < N -> locked[s] = 1; epoch[s] = 1; self_of[s] = of(s, 1); s++
		:: else -> s = 0; break
		od;
		do
		:: s < THREADS -> run thread(s, (s < N -> s : 0)); s++
		:: else -> break
		od;
		s = 0;
#ifdef VIRTUAL
		run deputies();
#endif
#ifdef FORCE
		run operator();
#endif
#ifdef CLOSE
		run closer();
#endif
		run fate()
	}
}

#ifdef LIVE
#ifdef STARVE
ltl everybody_gets_through { <> served }
#else
ltl everybody_gets_through { <> (running == 0) }
#endif
#endif
