"""Other systems at the same work as `bench.free_slots`, in the same run."""
