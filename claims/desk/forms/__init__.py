"""What people type at the desk, checked for shape only: rules live in the operations."""
